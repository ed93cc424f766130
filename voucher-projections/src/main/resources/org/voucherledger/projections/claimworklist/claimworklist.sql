-- Each claim as it is now. Amounts in fen. What is approved is null until somebody has reviewed; then it is the sum over the
-- items that are live or settled. An objection is open while its item is live and the bureau has not replied.
create table {slot}.claim (
    id              text primary key,
    batch_id        text        not null,
    scheme_id       text        not null,
    scheme_version  integer     not null,
    claimant_id     text        not null,
    provider_id     text        not null,
    stage           text        not null,
    reviewers       text[]      not null,
    submitted_at    timestamptz not null,
    changed_at      timestamptz not null,
    position        bigint      not null,
    claimed_fen     bigint      not null,
    approved_fen    bigint,
    items           integer     not null,
    live_items      integer     not null,
    open_objections integer     not null,
    state           json       not null
);
create index on {slot}.claim (stage, id);
create index on {slot}.claim (claimant_id, id);
create index on {slot}.claim (provider_id, id);
create index on {slot}.claim (batch_id, id);

create table {slot}.claim_item (
    claim_id        text        not null,
    voucher_id      text        not null,
    enterprise_id   text,
    claimed_fen     bigint      not null,
    approved_fen    bigint,
    status          text        not null,
    notice_ends_at  timestamptz,
    open_objections integer     not null,
    changed_at      timestamptz not null,
    position        bigint      not null,
    primary key (claim_id, voucher_id)
);
create index on {slot}.claim_item (voucher_id);
create index on {slot}.claim_item (notice_ends_at) where status = 'PUBLISHED';

-- Keyed by where it was raised: once answered, its identifier may be given to another one.
create table {slot}.objection (
    position        bigint primary key,
    claim_id        text        not null,
    objection_id    text        not null,
    voucher_id      text        not null,
    matter          text        not null,
    documents       text[]      not null,
    objected_at     timestamptz not null,
    objected_by     text        not null,
    objected_role   text        not null,
    outcome         text,
    approved_fen    bigint,
    answered_at     timestamptz,
    answered_by     text,
    reason          text
);
create index on {slot}.objection (claim_id, objection_id);

-- views
drop view if exists view.claim;
create view view.claim as
select id, batch_id, scheme_id, scheme_version, claimant_id, provider_id, stage, reviewers, submitted_at, changed_at, position,
       claimed_fen, approved_fen, items, live_items, open_objections
from {slot}.claim;
drop view if exists view.claim_item;
create view view.claim_item as select * from {slot}.claim_item;
drop view if exists view.objection;
create view view.objection as select * from {slot}.objection;
