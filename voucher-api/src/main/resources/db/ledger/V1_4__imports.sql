-- Lists that were handed in as files: who handed in what, how far it is, and what was wrong with which row.
create table ledger.import (
    id              uuid         primary key,
    kind            varchar(16)  not null,
    idempotency_key varchar(255) not null,
    file_name       text         not null,
    file_sha256     varchar(64)  not null,
    -- Where the file lies until the import is over.
    spool           text         not null,
    form            varchar(32)  not null default '',
    mode            varchar(16)  not null,
    dry_run         boolean      not null,
    complete        boolean      not null,
    state           varchar(16)  not null,
    actor           varchar(255) not null,
    role            varchar(16)  not null,
    on_behalf_of    varchar(64)  not null,
    received_at     timestamptz  not null,
    finished_at     timestamptz,
    rows_read       bigint       not null default 0,
    rows_done       bigint       not null default 0,
    rows_unchanged  bigint       not null default 0,
    rows_refused    bigint       not null default 0,
    cleared         bigint       not null default 0,
    -- The last line that is done; an import that was interrupted goes on behind it.
    last_line       bigint       not null default 0,
    problem         text,
    unique (actor, idempotency_key)
);

comment on table ledger.import is 'Every list that was handed in as a file, and how far it is.';

create table ledger.import_flaw (
    id          bigint generated always as identity primary key,
    import_id   uuid    not null references ledger.import,
    line        bigint  not null,
    column_name text    not null,
    -- The row itself is wrong, or a rule refused what it asked for.
    refused     boolean not null,
    about       text    not null,
    chinese     text    not null,
    english     text    not null,
    value       text    not null
);

create index on ledger.import_flaw (import_id, id);

comment on table ledger.import_flaw is 'What was wrong with a row of an imported list, by line and column.';
