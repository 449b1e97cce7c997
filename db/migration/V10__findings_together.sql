-- The content hash of the model when the version was written; null: not known.
alter table finding_version add column model_hash varchar(64);

-- The number of the version that a vote is about; null: not known.
alter table finding_vote add column version integer;

-- What the presenter has done to the live pictures of the slide: the address of a view a line.
alter table presentation add column views varchar(100000) default '' not null;

-- Whom an invitation is for, in words.
alter table invitation add column name varchar(60) default '' not null;

-- Authors beside the one who began a finding.
create table finding_coauthor (
    finding_id bigint not null references finding (id) on delete cascade,
    account_id bigint not null references account (id) on delete cascade,
    primary key (finding_id, account_id)
);
create index finding_coauthor_account on finding_coauthor (account_id);

-- Until when an author has seen what others say of a finding.
create table finding_seen (
    finding_id bigint not null references finding (id) on delete cascade,
    account_id bigint not null references account (id) on delete cascade,
    seen_at    timestamp with time zone not null,
    primary key (finding_id, account_id)
);
create index finding_seen_account on finding_seen (account_id);
insert into finding_seen (finding_id, account_id, seen_at)
    select id, author_id, current_timestamp from finding where author_id is not null;
