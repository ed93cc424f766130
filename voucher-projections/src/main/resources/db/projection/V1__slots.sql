-- Where each copy of each view stands. Its row is written in the transaction that writes the copy itself.
create table projection.slot (
    projection text        not null,
    letter     text        not null check (letter in ('a', 'b')),
    serving    boolean     not null,
    -- Being made anew beside the one that serves; whoever finds it so, and nobody at it, goes on with it.
    rebuilding boolean     not null,
    definition text        not null,
    position   bigint      not null,
    token      text,
    token_type text,
    as_of      timestamptz,
    -- The instance of the program that tells it, until then; others leave it alone meanwhile.
    teller     text,
    told_until timestamptz,
    -- What it fails at, and since when.
    fault      text,
    failing_since timestamptz,
    primary key (projection, letter)
);
create unique index one_slot_serves on projection.slot (projection) where serving;
