-- Where each copy of each view stands. Its row is written in the transaction that writes the copy itself.
create table projection.slot (
    projection text        not null,
    letter     text        not null check (letter in ('a', 'b')),
    serving    boolean     not null,
    definition text        not null,
    position   bigint      not null,
    token      text,
    token_type text,
    as_of      timestamptz,
    primary key (projection, letter)
);
create unique index one_slot_serves on projection.slot (projection) where serving;

-- Axon's own tokens; bytea, because a large object would outlive its row.
create table projection.token (
    processor_name text    not null,
    segment        integer not null,
    token          bytea,
    token_type     text,
    "timestamp"    text    not null,
    owner          text,
    primary key (processor_name, segment)
);
