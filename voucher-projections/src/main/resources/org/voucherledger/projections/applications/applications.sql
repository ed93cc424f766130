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
    state         jsonb       not null
);
create index on {slot}.application (batch_id, position);
create index on {slot}.application (batch_id, outcome, position);
create index on {slot}.application (enterprise_id, id);

-- views
drop view if exists view.application;
create view view.application as
select id, batch_id, scheme_id, enterprise_id, position, tier, asked_fen, granted_fen, outcome, rule, about, left_fen,
       voucher_ids, received_at, decided_at, log_position
from {slot}.application;
