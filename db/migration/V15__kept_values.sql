-- Small values measured of a model's weights that cost much, such as what its heads do on repeated random tokens: they
-- are measured once, not once in each process. The hash and the step name the very weights.
create table kept_value (
    model_hash char(64)     not null,
    step       bigint       not null,
    what       varchar(80)  not null,
    kept       text         not null,
    primary key (model_hash, step, what)
);
