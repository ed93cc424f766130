-- The log of everything that ever happened. Rows are only ever added.
create schema if not exists ledger;

create table ledger.domain_event (
    global_index         bigint generated always as identity primary key,
    event_identifier     varchar(64)  not null unique,
    aggregate_identifier varchar(255) not null,
    sequence_number      bigint       not null,
    type                 varchar(64)  not null,
    recorded_at          timestamptz  not null,
    payload_type         varchar(255) not null,
    payload_revision     varchar(32),
    payload              bytea        not null,
    meta_data            bytea        not null,
    -- The last guard: two writers can never continue the same stream from the same point.
    unique (aggregate_identifier, sequence_number)
);

comment on table ledger.domain_event is 'Every event, in the order of global_index; payload and metadata are JSON in UTF-8. Read ledger.event instead.';

-- What an auditor reads.
create view ledger.event as
select global_index                                               as position,
       aggregate_identifier                                       as stream,
       sequence_number                                            as sequence,
       payload_type                                               as type,
       payload_revision                                           as revision,
       recorded_at,
       convert_from(meta_data, 'UTF8')::jsonb ->> 'actor'         as actor,
       convert_from(meta_data, 'UTF8')::jsonb ->> 'role'          as role,
       convert_from(meta_data, 'UTF8')::jsonb ->> 'onBehalfOf'    as on_behalf_of,
       convert_from(meta_data, 'UTF8')::jsonb ->> 'reason'        as reason,
       convert_from(meta_data, 'UTF8')::jsonb ->> 'commandId'     as command_id,
       convert_from(meta_data, 'UTF8')::jsonb ->> 'schemeVersion' as scheme_version,
       convert_from(payload, 'UTF8')::jsonb                       as payload,
       convert_from(meta_data, 'UTF8')::jsonb                     as metadata
from ledger.domain_event;

comment on view ledger.event is 'Every event in readable columns; position is its place in the whole log, sequence its place in its stream.';

-- How long streams stood after some of their events, so that nobody reads a hundred thousand of them to go on. A help and no
-- truth: what stands here follows from the events, is believed only by the code that wrote it, is neither told nor sealed, and
-- may be deleted at any time.
create table ledger.snapshot (
    stream           varchar(255) primary key,
    sequence_number  bigint      not null,
    -- The event that it was taken after: in a log without that event it says nothing.
    event_identifier varchar(64) not null,
    code             varchar(64) not null,
    state            bytea       not null
);
