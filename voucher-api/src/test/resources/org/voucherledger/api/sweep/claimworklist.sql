-- What the sweep reads of the claims, to be planted by a test.
create table {slot}.claim (id text primary key, position bigint not null default 1);
create table {slot}.claim_item (
    claim_id text not null, voucher_id text not null, status text not null default 'PUBLISHED',
    approved_fen bigint not null default 0, open_objections integer not null default 0,
    notice_ends_at timestamptz not null default '2020-06-01', primary key (claim_id, voucher_id));

-- views
drop view if exists view.claim;
create view view.claim as select * from {slot}.claim;
drop view if exists view.claim_item;
create view view.claim_item as select * from {slot}.claim_item;
