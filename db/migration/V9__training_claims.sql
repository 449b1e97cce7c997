-- Which server has a training's turn: the number of its claim, which each turn raises; when that server was last heard of;
-- how many turns began since something was saved; and what someone wants of it meanwhile.
alter table training_job add column claim bigint default 0 not null;
alter table training_job add column heard_at timestamp with time zone;
alter table training_job add column tries integer default 0 not null;
alter table training_job add column wanted varchar(20);
