-- Each batch as it is now. Amounts in fen; dates are those in force, the first instants that are too late where they end
-- something. The accounts are the budget's: available, held, ordered, paid, accepted, claimed, redeemed, lapsed.
create table {slot}.batch (
    id                    text primary key,
    scheme_id             text        not null,
    scheme_version        integer     not null,
    city                  text        not null,
    phase                 text        not null,
    budget_fen            bigint      not null,
    available_fen         bigint      not null,
    held_fen              bigint      not null,
    ordered_fen           bigint      not null,
    paid_fen              bigint      not null,
    accepted_fen          bigint      not null,
    claimed_fen           bigint      not null,
    redeemed_fen          bigint      not null,
    lapsed_fen            bigint      not null,
    granted_fen           bigint      not null,
    applications          bigint      not null,
    granted               bigint      not null,
    skipped               bigint      not null,
    not_granted           bigint      not null,
    waiting               bigint      not null,
    withdrawn             bigint      not null,
    vouchers              bigint      not null,
    vouchers_by_status    jsonb       not null,
    apply_from            timestamptz not null,
    apply_until           timestamptz not null,
    applications_ended_at timestamptz,
    results_due_at        timestamptz,
    published_at          timestamptz,
    late                  boolean,
    order_deadline        timestamptz,
    valid_until           timestamptz,
    redemption_from       timestamptz,
    redemption_until      timestamptz,
    backfill              boolean     not null,
    backfill_until        timestamptz,
    queue_closed          boolean     not null,
    changed_at            timestamptz not null,
    position              bigint      not null,
    state                 json       not null,
    tally                 json       not null
);
create index on {slot}.batch (scheme_id, id);

-- What each voucher and application was counted as, so that the next event moves it from there.
create table {slot}.voucher (id text primary key, state json not null) with (fillfactor = 50, toast_tuple_target = 4080);
create table {slot}.application (id text primary key, outcome text not null);

-- views
drop view if exists view.batch;
create view view.batch as
select id, scheme_id, scheme_version, city, phase, budget_fen, available_fen, held_fen, ordered_fen, paid_fen, accepted_fen,
       claimed_fen, redeemed_fen, lapsed_fen, granted_fen, applications, granted, skipped, not_granted, waiting, withdrawn,
       vouchers, vouchers_by_status, apply_from, apply_until, applications_ended_at, results_due_at, published_at, late,
       order_deadline, valid_until, redemption_from, redemption_until, backfill, backfill_until, queue_closed, changed_at,
       position
from {slot}.batch;
