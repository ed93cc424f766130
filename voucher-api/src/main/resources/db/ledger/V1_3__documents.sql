-- Uploaded documents (GZ-45). Their bytes lie in the document store; events name them by their SHA-256 only, so that a
-- document can be erased without touching the ledger (ALL-05).
create table ledger.document (
    sha256        varchar(64)  primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    media_type    varchar(64)  not null,
    size_bytes    bigint       not null check (size_bytes > 0),
    stored_at     timestamptz  not null,
    erased_at     timestamptz,
    erased_by     varchar(255),
    erased_reason text,
    -- When the bytes had really gone; an erasure that was interrupted before is finished at the next start.
    removed_at    timestamptz,
    check ((erased_at is null) = (erased_by is null) and (erased_at is null) = (erased_reason is null)),
    check (removed_at is null or erased_at is not null)
);

create index document_to_be_removed on ledger.document (sha256) where erased_at is not null and removed_at is null;

comment on table ledger.document is 'Every document that was ever uploaded, by the SHA-256 of its bytes; an erased one keeps its row as a tombstone.';

-- Who handed it in, for whom, and what they called it. Names may be personal data: they go with the erasure.
create table ledger.document_upload (
    sha256       varchar(64)  not null references ledger.document,
    actor        varchar(255) not null,
    role         varchar(16)  not null,
    on_behalf_of varchar(64)  not null,
    name         text,
    uploaded_at  timestamptz  not null,
    primary key (sha256, actor, role, on_behalf_of)
);
