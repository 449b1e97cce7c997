-- A large model's weights stay in its folder: the database has their sizes and no parts.
alter table model add column in_folder boolean not null default false;
