-- Personal data (ALL-05): what must never stand in an event, behind the opaque reference that stands there. This is the only
-- table of the ledger that holds any, and an erased one keeps its row as a tombstone, without the value and without a hash of it.
create table ledger.personal_datum (
    -- The credit code of whom it belongs to, the reference itself of a holder, empty of somebody who is no party.
    party         varchar(64)  not null,
    reference     varchar(64)  not null,
    kind          varchar(16)  not null check (kind in ('PHONE', 'BANK_ACCOUNT', 'ID_NUMBER', 'NAME')),
    whose         varchar(16)  not null check (whose in ('ENTERPRISE', 'PROVIDER', 'HANDLER', 'HOLDER', 'COMPLAINANT')),
    value         text,
    stored_at     timestamptz  not null,
    stored_by     varchar(255) not null,
    erased_at     timestamptz,
    erased_by     varchar(255),
    erased_reason text,
    primary key (party, reference, kind),
    check ((value is null) = (erased_at is not null)),
    check ((erased_at is null) = (erased_by is null) and (erased_at is null) = (erased_reason is null))
);

create index personal_datum_alike on ledger.personal_datum (kind, value) where value is not null and party <> '';

comment on table ledger.personal_datum is 'Telephones, accounts, numbers and names of persons, behind the references that events carry; erasable.';
