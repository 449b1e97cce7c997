-- What a model's text is like: windows that it was not trained on, its commonest pairs of tokens; as JSON.
alter table model add column text_figures text;
