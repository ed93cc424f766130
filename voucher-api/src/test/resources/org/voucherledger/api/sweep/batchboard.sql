-- What the sweep reads of the batches, to be planted by a test.
create table {slot}.batch (
    id text primary key, position bigint not null default 1, phase text not null default 'OPEN',
    apply_until timestamptz default '2020-05-01', results_due_at timestamptz, published_at timestamptz, backfill boolean not null default false,
    queue_closed boolean not null default false, available_fen bigint not null default 0, backfill_until timestamptz,
    valid_until timestamptz, redemption_until timestamptz, held_fen bigint not null default 0,
    ordered_fen bigint not null default 0, paid_fen bigint not null default 0, accepted_fen bigint not null default 0,
    claimed_fen bigint not null default 0);

-- views
drop view if exists view.batch;
create view view.batch as select * from {slot}.batch;
