-- The books. Every posting moves an amount (fen) from one account to another of the same book.
create table {slot}.posting (
    position     bigint      not null,
    line         integer     not null,
    book         text        not null,
    scheme_id    text        not null,
    batch_id     text        not null,
    owner        text        not null,
    from_account text        not null,
    to_account   text        not null,
    amount_fen   bigint      not null check (amount_fen > 0),
    voucher_id   text,
    event_type   text        not null,
    at           timestamptz not null,
    primary key (position, line)
);
create index on {slot}.posting (batch_id, position);
create index on {slot}.posting (voucher_id, position);

-- The sum of an account's postings. An origin (TREASURY, FREE, ORDERED_BACK, INCURRED) is below zero by what came from it.
create table {slot}.balance (
    book        text   not null,
    scheme_id   text   not null,
    batch_id    text   not null,
    owner       text   not null,
    account     text   not null,
    balance_fen bigint not null,
    primary key (book, scheme_id, batch_id, owner, account)
);
create index on {slot}.balance (batch_id);
create index on {slot}.balance (scheme_id);

-- What the authority set aside, apart from the postings, for ALL-03's equations to be checked against.
create table {slot}.fund (id text primary key, fund_fen bigint not null);
create table {slot}.budget (id text primary key, scheme_id text not null, budget_fen bigint not null);

-- What a voucher's provider owes its enterprise, so that a payment undone can take it off the books.
create table {slot}.owed (id text primary key, owed_fen bigint not null);

-- views
drop view if exists view.posting;
create view view.posting as select * from {slot}.posting;
drop view if exists view.balance;
create view view.balance as select * from {slot}.balance;
drop view if exists view.fund;
create view view.fund as select * from {slot}.fund;
drop view if exists view.budget;
create view view.budget as select * from {slot}.budget;
