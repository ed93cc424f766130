-- Who read what is sensitive: personal data, the bytes of documents, archives. Rows are only ever added, each before what
-- it tells of was answered.
create table ledger.sensitive_read (
    id           bigint generated always as identity primary key,
    read_at      timestamptz  not null,
    actor        varchar(255) not null,
    role         varchar(16)  not null,
    on_behalf_of varchar(64)  not null,
    kind         varchar(16)  not null,
    -- Which one: an opaque reference, a hash, the name of a claim; never what was read.
    subject      text         not null,
    request_id   varchar(64)  not null,
    request      text         not null
);

create index sensitive_read_subject on ledger.sensitive_read (subject, id);
create index sensitive_read_actor on ledger.sensitive_read (actor, id);

comment on table ledger.sensitive_read is 'Every read of personal data, documents and archives: who, for whom, what, when, and under which request.';
