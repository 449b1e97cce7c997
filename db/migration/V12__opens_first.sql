-- The model that opens where an address names none.
alter table model add column opens_first boolean default false not null;
