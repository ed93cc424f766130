-- Every event of the ledger: its order, who, when, on whose behalf, why, under which scheme version, and what it says.
create table {slot}.event (
    position       bigint primary key,
    stream_id      text        not null,
    sequence       bigint      not null,
    type           text        not null,
    at             timestamptz not null,
    -- When it was added to the log: from then on the ledger knew of it.
    recorded_at    timestamptz not null,
    actor          text        not null,
    role           text        not null,
    on_behalf_of   text        not null,
    reason         text        not null,
    command_id     text        not null,
    scheme_version text        not null,
    serialized_as  text        not null,
    revision       text,
    payload        jsonb      not null,
    -- Whether it is a decision of the authority (ALL-06).
    decision       boolean     not null,
    -- What had been decided by the rules since the event before it, of the same command.
    decided_by     json
);

create index on {slot}.event (stream_id, sequence);
create index on {slot}.event (position) where decision;
-- What everybody may read (GZ-42); looking for it must cost nothing.
create index on {slot}.event (position) where type in ('ClaimPublished', 'ItemPublishedAnew');
create index on {slot}.event (recorded_at, position);
-- Where that stands which led to an event: at the same command, at that event or before it.
create index on {slot}.event (command_id, position) where decided_by is not null;

-- What each event concerns.
create table {slot}.concern (
    kind     text   not null,
    id       text   not null,
    position bigint not null,
    primary key (kind, id, position)
);

-- The documents that were handed in to a voucher or a claim, with each of its parties then.
create table {slot}.handed (
    kind   text not null,
    party  text not null,
    sha256 text not null,
    primary key (kind, party, sha256)
);

-- The parties of a voucher now, whom its further events concern although they do not name them.
create table {slot}.parties (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);

-- views
drop view if exists view.audit_event;
create view view.audit_event as select * from {slot}.event;
drop view if exists view.audit_concern;
create view view.audit_concern as select * from {slot}.concern;
drop view if exists view.handed_document;
create view view.handed_document as select * from {slot}.handed;
