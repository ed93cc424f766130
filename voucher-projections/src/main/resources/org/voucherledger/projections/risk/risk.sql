-- What risks are looked for in, fact by fact with its position, so that they can be looked for as of any position. Amounts in fen.

-- What a contract asks for a product, without what is unrelated to it.
create table {slot}.contract (
    position      bigint primary key,
    voucher_id    text   not null,
    enterprise_id text   not null,
    provider_id   text   not null,
    product_id    text   not null,
    price_fen     bigint not null
);
create index on {slot}.contract (provider_id, product_id, position);

-- Each invoice as it was shown, also where it was replaced afterwards.
create table {slot}.invoice (
    position      bigint  not null,
    ordinal       integer not null,
    voucher_id    text    not null,
    enterprise_id text    not null,
    provider_id   text    not null,
    kind          text    not null,
    code          text    not null collate "C",
    number        text    not null collate "C",
    issued_on     date    not null,
    amount_fen    bigint  not null,
    primary key (position, ordinal)
);
create index on {slot}.invoice (provider_id, issued_on);

-- What an enterprise has paid to a provider by voucher, and what was taken away of it again.
create table {slot}.paid (
    position      bigint  primary key,
    voucher_id    text    not null,
    enterprise_id text    not null,
    provider_id   text    not null,
    change_fen    bigint  not null,
    -- The payment was sent back or undone.
    undone        boolean not null
);
create index on {slot}.paid (provider_id, enterprise_id);
create index on {slot}.paid (voucher_id) where undone;

-- Vouchers returned, and when they would have been taken back.
create table {slot}.returned (
    position      bigint      primary key,
    voucher_id    text        not null,
    enterprise_id text        not null,
    returned_at   timestamptz not null,
    due_at        timestamptz not null
);
create index on {slot}.returned (enterprise_id);

-- Since when the ledger knows a party.
create table {slot}.party (id text not null, kind text not null, position bigint not null, primary key (id, kind));

-- What a voucher's parties and deadlines hang on.
create table {slot}.voucher (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);
create table {slot}.batch (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);
create table {slot}.scheme (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);
create table {slot}.enterprise (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);
create table {slot}.provider (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);

-- views
drop view if exists view.risk_contract;
create view view.risk_contract as select * from {slot}.contract;
drop view if exists view.risk_invoice;
create view view.risk_invoice as select * from {slot}.invoice;
drop view if exists view.risk_paid;
create view view.risk_paid as select * from {slot}.paid;
drop view if exists view.risk_returned;
create view view.risk_returned as select * from {slot}.returned;
drop view if exists view.risk_party;
create view view.risk_party as select * from {slot}.party;
