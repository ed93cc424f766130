-- The parties as they are now. Revenue and assets in 万元, prices in fen. What an operator attested is null until verified, and
-- again after a correction of the declaration.
create table {slot}.enterprise (
    id                text primary key,
    city              text,
    district          text,
    industry          text,
    employees         bigint,
    revenue_wan       bigint,
    assets_wan        bigint,
    declared_size     text,
    computed_size     text,
    legal_person      boolean,
    established_on    date,
    trust_level       integer,
    verified_year     integer,
    operates_properly boolean,
    fits_policy       boolean,
    priority_tags     text[]      not null,
    ties              text[]      not null,
    blacklisted       boolean     not null,
    frozen            boolean     not null,
    disqualified      boolean     not null,
    registered_at     timestamptz,
    changed_at        timestamptz not null,
    position          bigint      not null,
    state             json       not null
);
-- Who is only on the blacklist has no declaration and no name, and stands in no register.
create index on {slot}.enterprise (district, id);
create index on {slot}.enterprise (id) where blacklisted;

create table {slot}.provider (
    id              text primary key,
    city            text        not null,
    level           text        not null,
    recognised_city text        not null,
    recognised_from date        not null,
    recognised_to   date        not null,
    service_types   text[]      not null,
    merchant_categories text[]  not null,
    registered      boolean     not null,
    verified        boolean     not null,
    frozen          boolean     not null,
    disqualified    boolean     not null,
    registered_at   timestamptz,
    changed_at      timestamptz not null,
    position        bigint      not null,
    state           json       not null
);
create index on {slot}.provider (city, id);

-- The name, type and price are those of the published version, or while there is none of the proposed one.
create table {slot}.product (
    provider_id       text        not null,
    product_id        text        not null,
    published_version integer,
    proposed_version  integer     not null,
    name              text        not null,
    service_type      text        not null,
    description       text        not null,
    price_from_fen    bigint      not null,
    price_to_fen      bigint      not null,
    charging_basis    text        not null,
    changed_at        timestamptz not null,
    position          bigint      not null,
    primary key (provider_id, product_id)
);

-- SV-01: experts by the opaque reference under which they review; the reason is that of the last change, if it has one.
create table {slot}.expert (
    id            text primary key,
    standing      text        not null,
    fields        text[]      not null,
    city          text        not null,
    reason        text,
    registered_at timestamptz,
    changed_at    timestamptz not null,
    position      bigint      not null,
    state         json       not null
);

-- GZ-09: dated names; the first holds from the beginning of time.
create table {slot}.enterprise_name (id text not null, since date not null, name text not null, primary key (id, since));
create table {slot}.provider_name (id text not null, since date not null, name text not null, primary key (id, since));

-- views
-- A party's name is the one it bears on the day, in Guangdong, up to which this copy has been told.
drop view if exists view.enterprise;
create view view.enterprise as
select e.id, n.name, e.city, e.district, e.industry, e.employees, e.revenue_wan, e.assets_wan, e.declared_size,
       e.computed_size, e.legal_person, e.established_on, e.trust_level, e.verified_year, e.operates_properly,
       e.fits_policy, e.priority_tags, e.ties, e.blacklisted, e.frozen, e.disqualified, e.registered_at, e.changed_at,
       e.position
from {slot}.enterprise e
cross join lateral (
    select d.name from {slot}.enterprise_name d
    where d.id = e.id
      and d.since <= (select (s.as_of at time zone 'Asia/Shanghai')::date
                      from projection.slot s where s.projection = 'register' and s.serving)
    order by d.since desc limit 1) n;
-- GZ-01: everybody on the blacklist, registered or not.
drop view if exists view.blacklist;
create view view.blacklist as select e.id from {slot}.enterprise e where e.blacklisted;
drop view if exists view.provider;
create view view.provider as
select p.id, n.name, p.city, p.level, p.recognised_city, p.recognised_from, p.recognised_to, p.service_types, p.merchant_categories,
       p.registered, p.verified, p.frozen, p.disqualified, p.registered_at, p.changed_at, p.position
from {slot}.provider p
cross join lateral (
    select d.name from {slot}.provider_name d
    where d.id = p.id
      and d.since <= (select (s.as_of at time zone 'Asia/Shanghai')::date
                      from projection.slot s where s.projection = 'register' and s.serving)
    order by d.since desc limit 1) n;
drop view if exists view.expert;
create view view.expert as
-- An array is asked for a member by its name, which the question brings as varchar.
select e.id, e.standing, e.fields::varchar[] as fields, e.city, e.reason, e.registered_at, e.changed_at, e.position
from {slot}.expert e;
drop view if exists view.product;
create view view.product as select * from {slot}.product;
