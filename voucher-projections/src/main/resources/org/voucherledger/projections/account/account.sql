-- The memo books of the caps, by scheme, party and year. Amounts in fen.
create table {slot}.enterprise_account (
    id            text primary key,
    scheme_id     text        not null,
    enterprise_id text        not null,
    year          integer     not null,
    pending_fen   bigint      not null,
    charged_fen   bigint      not null,
    position      bigint      not null,
    changed_at    timestamptz not null,
    state         jsonb       not null
);
create index on {slot}.enterprise_account (enterprise_id, id);

create table {slot}.provider_account (
    id           text primary key,
    scheme_id    text        not null,
    provider_id  text        not null,
    year         integer     not null,
    reserved_fen bigint      not null,
    taken_fen    bigint      not null,
    position     bigint      not null,
    changed_at   timestamptz not null,
    state        jsonb       not null
);
create index on {slot}.provider_account (provider_id, id);

-- The caps that a scheme's latest version and the fund in force give.
create table {slot}.scheme (
    id                 text primary key,
    enterprise_cap_fen bigint not null,
    provider_cap_fen   bigint not null,
    state              jsonb  not null
);

-- views
drop view if exists view.enterprise_account;
create view view.enterprise_account as
select a.id, a.scheme_id, a.enterprise_id, a.year, s.enterprise_cap_fen as cap_fen, a.pending_fen, a.charged_fen, a.position,
       a.changed_at
from {slot}.enterprise_account a
join {slot}.scheme s on s.id = a.scheme_id;
drop view if exists view.provider_account;
create view view.provider_account as
select a.id, a.scheme_id, a.provider_id, a.year, a.reserved_fen, a.taken_fen, s.provider_cap_fen as cap_fen, a.position,
       a.changed_at
from {slot}.provider_account a
join {slot}.scheme s on s.id = a.scheme_id;
