-- Each application: its place in the batch's queue and what became of it. Amounts in fen.
create table {slot}.application (
    id            text primary key,
    batch_id      text        not null,
    scheme_id     text        not null,
    enterprise_id text        not null,
    position      bigint      not null,
    tier          integer     not null,
    asked_fen     bigint      not null,
    granted_fen   bigint      not null,
    outcome       text        not null,
    rule          text,
    about         text,
    left_fen      bigint,
    voucher_ids   jsonb       not null,
    received_at   timestamptz not null,
    decided_at    timestamptz,
    log_position  bigint      not null,
    state         json       not null
);
create index on {slot}.application (batch_id, position);
create index on {slot}.application (batch_id, outcome, position);
create index on {slot}.application (enterprise_id, id);
create index on {slot}.application (batch_id, tier, position) where outcome in ('QUEUED', 'WAITING');

-- What the order of grant hangs on besides the applications.
create table {slot}.batch (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);
create table {slot}.scheme (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);

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
drop view if exists view.affected_application;
create view view.affected_application as select * from {slot}.affected;
drop view if exists view.funded_batch;
create view view.funded_batch as
select b.id, b.state, s.state as scheme_state
from {slot}.batch b join {slot}.scheme s on s.id = b.state -> 'opened' ->> 'schemeId';
drop view if exists view.application;
create view view.application as
select id, batch_id, scheme_id, enterprise_id, position, tier, asked_fen, granted_fen, outcome, rule, about, left_fen,
       voucher_ids, received_at, decided_at, log_position
from {slot}.application;
