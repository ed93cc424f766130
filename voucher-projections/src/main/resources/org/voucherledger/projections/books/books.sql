-- The books. Every posting moves an amount (fen) from one account to another of the same book, and is wholly in a scope (scheme,
-- batch, city, district, enterprise, provider) or not at all; an empty text is none.
create table {slot}.posting (
    position      bigint      not null,
    line          integer     not null,
    book          text        not null,
    scheme_id     text        not null,
    batch_id      text        not null,
    city          text        not null,
    district      text        not null,
    enterprise_id text        not null,
    provider_id   text        not null,
    owner         text        not null,
    voucher_id    text,
    from_account  text        not null,
    to_account    text        not null,
    amount_fen    bigint      not null check (amount_fen > 0),
    event_type    text        not null,
    at            timestamptz not null,
    recorded_at   timestamptz not null,
    primary key (position, line)
);
-- All other scopes are found through their buckets.
create index on {slot}.posting (enterprise_id, position) where enterprise_id <> '';
create index on {slot}.posting (voucher_id, position);

-- What an account of a scope had before a bucket of positions, and what changed in it: a row wherever something was posted. A
-- balance at a position is the newest row before its bucket, or the row of its bucket and the postings up to there.
create table {slot}.total (
    kind       text   not null,
    id         text   not null,
    account    text   not null,
    bucket     bigint not null,
    before_fen bigint not null,
    change_fen bigint not null,
    primary key (kind, id, account, bucket)
);

-- When the latest posting of a bucket was recorded, so that a moment becomes a position without an index on every posting.
create table {slot}.bucket (bucket bigint primary key, latest_at timestamptz not null);

-- What the authority set aside, as its events say it and apart from the postings, for ALL-03's equations to be checked against:
-- changes of a scheme's fund (batch_id is empty) and of a batch's budget.
create table {slot}.allotment (
    position   bigint primary key,
    scheme_id  text   not null,
    batch_id   text   not null,
    city       text   not null,
    change_fen bigint not null
);
create index on {slot}.allotment (scheme_id);
create index on {slot}.allotment (batch_id);

-- The sum of an account's postings at its finest. An origin (TREASURY, FREE, ORDERED_BACK, INCURRED) is below zero by what came
-- from it.
create table {slot}.balance (
    book        text   not null,
    scheme_id   text   not null,
    batch_id    text   not null,
    owner       text   not null,
    account     text   not null,
    balance_fen bigint not null,
    primary key (book, scheme_id, batch_id, owner, account)
) with (fillfactor = 80);
create index on {slot}.balance (batch_id, owner);

-- Where each voucher's money is, and whose it is; of the enterprise's district what was declared when it was granted.
create table {slot}.voucher (
    id            text primary key,
    enterprise_id text   not null,
    district      text   not null,
    provider_id   text   not null,
    held_fen      bigint not null,
    ordered_fen   bigint not null,
    paid_fen      bigint not null,
    accepted_fen  bigint not null,
    claimed_fen   bigint not null,
    redeemed_fen  bigint not null,
    owed_fen      bigint not null
) with (fillfactor = 80);

-- Who may have books: enterprises with the district declared last, and providers.
create table {slot}.party (kind text not null, id text not null, district text not null, primary key (kind, id));

-- The first prefix of the log at which ALL-03 does not hold; no row while it does.
create table {slot}.violation (position bigint primary key, sentence text not null);

-- views
drop view if exists view.posting;
create view view.posting as select * from {slot}.posting;
drop view if exists view.balance;
create view view.balance as select * from {slot}.balance;
drop view if exists view.fund;
create view view.fund as
select scheme_id as id, sum(change_fen)::bigint as fund_fen from {slot}.allotment where batch_id = '' group by scheme_id;
drop view if exists view.budget;
create view view.budget as
select batch_id as id, scheme_id, city, sum(change_fen)::bigint as budget_fen
from {slot}.allotment where batch_id <> '' group by batch_id, scheme_id, city;
drop view if exists view.books_allotment;
create view view.books_allotment as select * from {slot}.allotment;
drop view if exists view.books_total;
create view view.books_total as select * from {slot}.total;
drop view if exists view.books_bucket;
create view view.books_bucket as select * from {slot}.bucket;
drop view if exists view.books_party;
create view view.books_party as select * from {slot}.party;
drop view if exists view.books_violation;
create view view.books_violation as select * from {slot}.violation;
