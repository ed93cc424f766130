-- Uploads that were refused (GZ-45, ALL-05): who brought what, and which rule said no. Neither the bytes nor what they were
-- called are kept: nothing here would have to be erased.
create table ledger.upload_refusal (
    id            bigint generated always as identity primary key,
    actor         varchar(255) not null,
    role          varchar(16)  not null,
    on_behalf_of  varchar(64)  not null,
    received_at   timestamptz  not null,
    -- What the sender said it is; null where that was left open.
    declared      varchar(64),
    -- Null where it was not read to its end, because it was too large.
    sha256        varchar(64),
    size_bytes    bigint,
    rule          varchar(16)  not null,
    about         varchar(64)  not null,
    stage         varchar(16)  not null,
    limit_figure  text         not null,
    used_figure   text         not null,
    check ((sha256 is null) = (size_bytes is null))
);

create index on ledger.upload_refusal (rule, id);

comment on table ledger.upload_refusal is 'Every upload that was refused: who, what by its hash, and which rule said no with its figures.';
