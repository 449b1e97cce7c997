-- The names that a model had before it was renamed: addresses and findings with them still lead to it, so no other model
-- takes them as long as it is stored.
create table former_name (
    name     varchar(100) primary key,
    model_id bigint not null references model (id) on delete cascade
);
create index former_name_model on former_name (model_id);
