-- What the sweep reads of the vouchers, to be planted by a test.
create table {slot}.voucher (
    id text primary key, concerned_position bigint not null default 1, status text not null default 'ISSUED',
    frozen boolean not null default false, party_frozen boolean not null default false,
    enterprise_disqualified boolean not null default false, provider_disqualified boolean not null default false,
    holder_ref text, contracted boolean not null default false, held_fen bigint not null default 1,
    issued_at timestamptz not null default '2020-05-01', order_by timestamptz default '2020-06-01',
    valid_until timestamptz default '2020-12-01', redemption_until timestamptz default '2021-01-01');

-- views
drop view if exists view.voucher;
create view view.voucher as select * from {slot}.voucher;
