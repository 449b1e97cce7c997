-- Runs of other models, as people add them: what lists show of each, and its safetensors file in parts. The owner is
-- nobody once that account is deleted.
create table recorded_run (
    id           varchar(8)    primary key,
    name         varchar(100)  not null,
    model        varchar(100)  not null,
    content_hash char(64)      not null,
    size         bigint        not null,
    tokens       integer       not null,
    layers       integer       not null,
    heads        integer       not null,
    causal       boolean       not null,
    hooks        varchar(1000) not null,
    unused       text          not null,
    owner_id     bigint references account (id) on delete set null,
    audience     varchar(10)   not null,
    added_at     timestamp with time zone not null
);
create index recorded_run_owner on recorded_run (owner_id);

create table recorded_run_part (
    run_id varchar(8) not null references recorded_run (id) on delete cascade,
    part   integer    not null,
    bytes  bytea      not null,
    primary key (run_id, part)
);
