-- Parts of addresses that are too long to stand in one, in UTF-8; the code is made of the text's hash. Of those that
-- strangers keep, the ones that were opened least lately go where room is needed: used_at is true to the day.
create table kept_text (
    code    varchar(30) primary key,
    size    integer not null,
    bytes   bytea   not null,
    lasting boolean not null,
    used_at timestamp with time zone not null
);
create index kept_text_used on kept_text (lasting, used_at);
