-- A search for the circuit of a behaviour that takes long, beside its job: what is computed, what a program asked for (null: a
-- page did), and once it is done what came of it. The job's name is a digest of both, so that those who ask for the same share it.
create table search_job (
    job_id  bigint primary key references job (id) on delete cascade,
    request text not null,
    asked   text,
    result  text
);

-- Tasks of circuit search that a member has saved under a name for everyone: the address of the page, of which the pairs, the
-- metric and the method are used.
create table search_task (
    name     varchar(60) primary key,
    address  text not null,
    owner_id bigint references account (id) on delete set null
);
