-- The sealed log: a Merkle tree (RFC 6962) over every committed event and every recorded refusal, those of uploads too, kept beside them. Nothing
-- here is written on the path of a command.

-- Which log this is and who signs it, decided when it was first sealed. One that had to be begun anew is another log, with
-- another name and key, over the same tree: the last row is that of the present one.
create table ledger.seal_identity (
    number     integer     primary key check (number >= 0),
    -- The first line of every checkpoint; no two logs have the same.
    origin     text        not null unique,
    -- The public half of the key, as C2SP signed-note writes it; the other half is never in the database.
    vkey       text        not null,
    created_at timestamptz not null,
    -- How it was begun anew: which checkpoint of the one before still holds, what is given up and why, signed with both keys.
    declared   text,
    check ((number = 0) = (declared is null))
);

-- Which rows became which leaves: the next length leaves from first_leaf on are the events at first_source to last_source, or
-- the refusals among the answers numbered so, or the refused uploads, in that order.
create table ledger.seal_run (
    first_leaf   bigint     primary key check (first_leaf >= 0),
    kind         varchar(8) not null check (kind in ('EVENT', 'REFUSAL', 'UPLOAD')),
    first_source bigint     not null,
    last_source  bigint     not null,
    length       bigint     not null check (length > 0),
    unique (kind, first_source),
    -- Positions of events have no holes within a run; accepted commands stand between refused ones.
    check (case kind when 'EVENT' then last_source - first_source + 1 = length
                     else last_source - first_source + 1 >= length end)
);

-- The complete tiles of C2SP tlog-tiles, 256 hashes each. Level 0 are the hashes of leaves. Never changed.
create table ledger.seal_tile (
    level      smallint not null check (level >= 0),
    tile_index bigint   not null check (tile_index >= 0),
    hashes     bytea    not null check (octet_length(hashes) = 8192),
    primary key (level, tile_index)
);

-- The tile of each level that is not complete yet: replaced by every checkpoint, whose root says whether it is right.
create table ledger.seal_edge (
    level  smallint primary key check (level >= 0),
    hashes bytea    not null check (octet_length(hashes) between 0 and 8160 and octet_length(hashes) % 32 = 0)
);

-- Hashes do not become smaller.
alter table ledger.seal_tile alter column hashes set storage external;
alter table ledger.seal_edge alter column hashes set storage external;

-- What was signed: C2SP tlog-checkpoint.
create table ledger.checkpoint (
    size          bigint      primary key check (size > 0),
    root          bytea       not null check (octet_length(root) = 32),
    -- With our signature; those of witnesses stand beside.
    note          text        not null,
    signed_at     timestamptz not null,
    -- Up to where the log was read: every event up to here, and every refusal up to this answer, is sealed.
    last_position bigint      not null,
    last_answer   bigint      not null,
    -- The same of the refused uploads.
    last_upload   bigint      not null
);

-- Which checkpoint is the first to cover an event.
create index on ledger.checkpoint (last_position, size);

create table ledger.cosignature (
    size        bigint      not null references ledger.checkpoint,
    -- The witness's key, and its line of signature.
    vkey        text        not null,
    line        text        not null,
    received_at timestamptz not null,
    primary key (size, vkey)
);

comment on table ledger.seal_run is 'Which events, refusals and refused uploads are which leaves of the sealed log.';
comment on table ledger.seal_tile is 'The complete tiles of the sealed log''s Merkle tree, 256 hashes of 32 bytes each.';
comment on table ledger.seal_edge is 'The incomplete last tile of each level of the sealed log''s Merkle tree.';
comment on table ledger.checkpoint is 'Every signed checkpoint: so many leaves had this root then.';
comment on table ledger.cosignature is 'What witnesses said of a checkpoint.';
