-- Whether somebody added a model by the page or by REST, who, and who may see it: all, members, or the owner alone. The
-- owner is nobody once that account is deleted.
alter table model add column uploaded boolean not null default false;
alter table model add column owner_id bigint references account (id) on delete set null;
alter table model add column audience varchar(10) not null default 'ALL';
