-- What became of the money, voucher by voucher, with what a report is broken down by. Amounts in fen. Of the enterprise it is what
-- was declared when it applied, or when the voucher was issued; a later correction does not move what was granted.
create table {slot}.voucher (
    id            text primary key,
    scheme_id     text   not null,
    batch_id      text   not null,
    city          text   not null,
    district      text   not null,
    size          text   not null,
    industry      text   not null,
    service_type  text,
    provider_id   text,
    granted       boolean not null,
    face_fen      bigint not null,
    unused_fen    bigint not null,
    used_fen      bigint not null,
    redeemed_fen  bigint not null,
    lapsed_fen    bigint not null,
    rating        integer,
    applied_at    timestamptz,
    issued_at     timestamptz,
    ordered_at    timestamptz,
    contracted_at timestamptz,
    paid_at       timestamptz,
    accepted_at   timestamptz,
    claimed_at    timestamptz,
    redeemed_at   timestamptz,
    facts         json  not null,
    state         json  not null,
    check (face_fen = unused_fen + used_fen + redeemed_fen + lapsed_fen)
) with (fillfactor = 50, toast_tuple_target = 4080);
create index on {slot}.voucher (scheme_id, batch_id);
create index on {slot}.voucher (provider_id) where rating is not null;

create table {slot}.application (
    id         text primary key,
    scheme_id  text        not null,
    batch_id   text        not null,
    city       text        not null,
    district   text        not null,
    size       text        not null,
    industry   text        not null,
    asked_fen  bigint      not null,
    withdrawn  boolean     not null,
    applied_at timestamptz not null
);
create index on {slot}.application (scheme_id, batch_id);

create table {slot}.batch (id text primary key, city text not null);
create table {slot}.enterprise (id text primary key, traits json not null);

-- views
drop view if exists view.performance_voucher;
create view view.performance_voucher as
select v.id, v.scheme_id, v.batch_id, v.city, v.district, v.size, v.industry, v.service_type, v.provider_id, v.face_fen, v.unused_fen,
       v.used_fen, v.redeemed_fen, v.lapsed_fen, v.rating, v.applied_at, v.issued_at, v.ordered_at, v.contracted_at, v.paid_at,
       v.accepted_at, v.claimed_at, v.redeemed_at
from {slot}.voucher v
where v.granted;
drop view if exists view.performance_application;
create view view.performance_application as select * from {slot}.application;
