-- The names of the steps by which a model's weights are folded when they are read, in the order in which they are done;
-- empty for weights that are used as they are in the file.
alter table model add column folding varchar(1000) not null default '';
