-- The tables of the plain service. Keys and indexes are those that its queries and its rules need, and no more.
drop schema if exists plain cascade;
create schema plain;

create table plain.enterprise (
    id           varchar(32) primary key,
    name         varchar(255) not null,
    verified_for integer      not null,
    frozen       boolean      not null
);

create table plain.enterprise_quota (
    enterprise_id varchar(32) primary key references plain.enterprise,
    cap_fen       bigint not null,
    pending_fen   bigint not null,
    charged_fen   bigint not null
);

create table plain.provider (
    id           varchar(32) primary key,
    recognised   boolean not null,
    cap_fen      bigint  not null,
    reserved_fen bigint  not null,
    taken_fen    bigint  not null
);

create table plain.batch (
    id            varchar(64) primary key,
    budget_fen    bigint      not null,
    applied_fen   bigint      not null,
    granted_fen   bigint      not null,
    last_position bigint      not null,
    opens_at      timestamptz not null,
    closes_at     timestamptz not null
);

create sequence plain.application_number increment by 50;

create table plain.application (
    id            bigint primary key,
    batch_id      varchar(64) not null references plain.batch,
    enterprise_id varchar(32) not null references plain.enterprise,
    position      bigint      not null,
    amount_fen    bigint      not null,
    parts         integer     not null,
    granted       boolean     not null,
    received_at   timestamptz not null,
    unique (batch_id, enterprise_id)
);

create index application_waiting on plain.application (batch_id, position) where not granted;

create table plain.voucher (
    id            varchar(96) primary key,
    batch_id      varchar(64) not null,
    enterprise_id varchar(32) not null,
    face_fen      bigint      not null,
    status        varchar(16) not null,
    provider_id   varchar(32),
    ordered_fen   bigint      not null,
    paid_fen      bigint      not null
);

create table plain.used_once (
    key        varchar(255) primary key,
    voucher_id varchar(96) not null
);

create sequence plain.audit_number increment by 50;

create table plain.audit_entry (
    id           bigint primary key,
    actor        varchar(255) not null,
    request_key  varchar(255) not null,
    on_behalf_of varchar(64)  not null,
    action       varchar(16)  not null,
    subject      varchar(96)  not null,
    at           timestamptz  not null,
    details      text         not null,
    answer       text         not null,
    unique (actor, request_key)
);
