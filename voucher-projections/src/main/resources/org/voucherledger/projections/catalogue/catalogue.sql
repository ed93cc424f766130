-- What each catalogue of cloud products says of a product, version by version: a version holds from its year on (CL-07).
create table {slot}.entry (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);

create table {slot}.listing (
    provider_id   text        not null collate "C",
    product_id    text        not null collate "C",
    version       integer     not null,
    year          integer     not null,
    listed        boolean     not null,
    name          text        not null,
    product_class text        not null,
    agent         text        not null,
    partner       text        not null,
    said_at       timestamptz not null,
    position      bigint      not null,
    primary key (provider_id, product_id, version)
);

-- Keyed by where it was made: once decided, its identifier may be given to another one.
create table {slot}.request (
    position        bigint primary key,
    provider_id     text        not null,
    product_id      text        not null,
    request_id      text        not null,
    year            integer     not null,
    change          text        not null,
    value           text        not null,
    reason          text        not null,
    evidence        jsonb       not null,
    requested_at    timestamptz not null,
    requested_by    text        not null,
    outcome         text,
    version         integer,
    decided_at      timestamptz,
    decided_by      text,
    decision_reason text
);
create unique index on {slot}.request (provider_id, product_id, request_id) where outcome is null;
create index on {slot}.request (provider_id, product_id, position);
create index on {slot}.request (position) where outcome is null;

-- What providers offer, every version there ever was (GZ-07). Prices in fen.
create table {slot}.offer (
    provider_id         text        not null collate "C",
    product_id          text        not null collate "C",
    version             integer     not null,
    name                text        not null,
    service_type        text        not null,
    cities              text[]      not null,
    target              text        not null,
    overview            text        not null,
    process             text        not null,
    cycle               text        not null,
    deliverable         text        not null,
    acceptance_standard text        not null,
    price_from_fen      bigint      not null,
    price_to_fen        bigint      not null,
    charging_basis      text        not null,
    documents           jsonb       not null,
    proposed_at         timestamptz not null,
    published_at        timestamptz,
    published_by        text,
    ended_at            timestamptz,
    position            bigint      not null,
    primary key (provider_id, product_id, version)
);

-- views
drop view if exists view.catalogue_listing;
create view view.catalogue_listing as select * from {slot}.listing;
drop view if exists view.catalogue_request;
create view view.catalogue_request as select * from {slot}.request;
drop view if exists view.offer;
create view view.offer as
select o.*, o.published_at is not null and o.ended_at is null as orderable from {slot}.offer o;
