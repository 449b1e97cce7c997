-- What else was beside a model's tokenizer, and what the reader of its numbers must know (a JSON array of sentences; null
-- where the model was stored before it was looked for).
alter table model add column tokenizer_config text;
alter table model add column warnings text;
