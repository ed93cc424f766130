-- What became of every command that was received, accepted or refused, written in the transaction of its events.
create table ledger.command_answer (
    id              bigint generated always as identity primary key,
    actor           varchar(255) not null,
    idempotency_key varchar(255) not null,
    body_sha256     varchar(64)  not null,
    command_type    varchar(64)  not null,
    role            varchar(16)  not null,
    on_behalf_of    varchar(64)  not null,
    received_at     timestamptz  not null,
    outcome         varchar(8)   not null check (outcome in ('ACCEPTED', 'REFUSED')),
    rule            varchar(16),
    about           varchar(64),
    stage           varchar(16),
    -- json, not jsonb: the same key is answered with the same text.
    answer          json         not null,
    position        bigint       not null,
    unique (actor, idempotency_key),
    check ((outcome = 'REFUSED') = (rule is not null and about is not null and stage is not null))
);

create index command_answer_refused on ledger.command_answer (rule, id) where outcome = 'REFUSED';

comment on table ledger.command_answer is 'Who asked what under which key, and what the ledger answered; refusals name the rule that said no.';

-- One row for each lane of writers. It is written in every group, so that every acknowledgement, also of a repetition,
-- follows a commit that has reached the disk.
create table ledger.lane (
    lane             integer primary key,
    groups           bigint      not null,
    last_received_at timestamptz not null
);

-- Which clock this ledger lives by, decided when it was first started; a rehearsal keeps its last reading here.
create table ledger.clock (
    only_row boolean primary key default true check (only_row),
    kind     varchar(16) not null check (kind in ('SYSTEM', 'REHEARSAL')),
    reading  timestamptz,
    check ((kind = 'REHEARSAL') = (reading is not null))
);
