-- The memo books of the caps, by scheme, party and year. Amounts in fen.
create table {slot}.enterprise_account (
    id            text primary key,
    scheme_id     text        not null,
    enterprise_id text        not null,
    year          integer     not null,
    cap_fen       bigint,
    pending_fen   bigint      not null,
    charged_fen   bigint      not null,
    position      bigint      not null,
    changed_at    timestamptz not null,
    state         json       not null
);
create index on {slot}.enterprise_account (enterprise_id, id);

create table {slot}.provider_account (
    id           text primary key,
    scheme_id    text        not null,
    provider_id  text        not null,
    year         integer     not null,
    limit_fen    bigint,
    reserved_fen bigint      not null,
    taken_fen    bigint      not null,
    position     bigint      not null,
    changed_at   timestamptz not null,
    state        json       not null
);
create index on {slot}.provider_account (provider_id, id);

-- How many vouchers a holder has taken of a category in a cycle, of how many it may (CV-01).
create table {slot}.holder_account (
    id              text primary key,
    scheme_id       text        not null,
    batch_id        text        not null,
    holder_ref      text        not null,
    category        text        not null,
    most_per_holder integer     not null,
    taken           integer     not null,
    position        bigint      not null,
    changed_at      timestamptz not null
);
create index on {slot}.holder_account (holder_ref, id);

-- The states that the counts are read from.
create table {slot}.holder (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);

-- The caps that a scheme's latest version and the fund in force give providers.
create table {slot}.scheme (
    id               text primary key,
    provider_cap_fen bigint not null,
    class_cap_fen    jsonb  not null,
    fund_share_fen   bigint,
    state            json  not null
);

create table {slot}.provider_class (
    provider_id    text collate "C" primary key,
    supplier_class text not null
);

-- Who gains or loses by each decision of the authority, as this view stood at it (ALL-06).
create table {slot}.affected (
    decision       bigint  not null,
    key            text    not null collate "C",
    matter         text    not null,
    rule           text    not null,
    batch_id       text,
    application_id text,
    voucher_id     text,
    enterprise_id  text,
    holder_ref     text,
    provider_id    text,
    status         text,
    from_at        timestamptz,
    to_at          timestamptz,
    from_fen       bigint,
    to_fen         bigint,
    lapse_rule     text,
    lapse_from_at  timestamptz,
    lapse_to_at    timestamptz,
    lapse_fen      bigint,
    over_fen       bigint,
    gains          boolean not null,
    primary key (decision, key)
);

-- views
drop view if exists view.affected_provider;
create view view.affected_provider as select * from {slot}.affected;
drop view if exists view.capped_scheme;
create view view.capped_scheme as select id, state from {slot}.scheme;
drop view if exists view.provider_class;
create view view.provider_class as select * from {slot}.provider_class;
drop view if exists view.holder_account;
create view view.holder_account as select * from {slot}.holder_account;
drop view if exists view.enterprise_account;
create view view.enterprise_account as
select a.id, a.scheme_id, a.enterprise_id, a.year, a.cap_fen, a.pending_fen, a.charged_fen, a.position, a.changed_at
from {slot}.enterprise_account a;
drop view if exists view.provider_account;
create view view.provider_account as
select a.id, a.scheme_id, a.provider_id, a.year, a.limit_fen, a.reserved_fen, a.taken_fen, a.position, a.changed_at,
       least(coalesce(a.limit_fen, (s.class_cap_fen ->> c.supplier_class)::bigint, s.provider_cap_fen), s.fund_share_fen)
         as cap_fen
from {slot}.provider_account a
join {slot}.scheme s on s.id = a.scheme_id
left join {slot}.provider_class c on c.provider_id = a.provider_id;
