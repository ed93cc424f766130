-- What an auditor draws from, and what came of it. Amounts in fen.

-- Every voucher, folded, and what a frame knows of it now.
create table {slot}.voucher (id text primary key, state json not null, standing json not null) with (fillfactor = 50, toast_tuple_target = 4080);

-- What a frame knew of a voucher from a position on: a row wherever it changed. At a position it is the newest row up to there.
create table {slot}.standing (
    voucher_id    text    not null,
    position      bigint  not null,
    scheme_id     text    not null,
    batch_id      text    not null,
    enterprise_id text    not null,
    provider_id   text    not null,
    status        text    not null,
    granted       boolean not null,
    face_fen      bigint  not null,
    unused_fen    bigint  not null,
    used_fen      bigint  not null,
    claimed_fen   bigint  not null,
    redeemed_fen  bigint  not null,
    back_fen      bigint  not null,
    rating        integer,
    primary key (voucher_id, position),
    check (face_fen = unused_fen + used_fen + claimed_fen + redeemed_fen + back_fen)
);
create index on {slot}.standing (scheme_id, voucher_id, position desc);
create index on {slot}.standing (batch_id, voucher_id, position desc);
create index on {slot}.standing (provider_id, position) where rating is not null;

create table {slot}.draw (
    id             text primary key,
    scheme_id      text        not null,
    batch_id       text,
    items          text        not null,
    frame_position bigint      not null,
    strata         jsonb       not null,
    seed           text        not null,
    ground_id      text,
    frame_sha256   text        not null,
    reason         text        not null,
    announced_at   timestamptz not null,
    announced_by   text        not null,
    announced_position bigint  not null,
    drawn_at       timestamptz,
    drawn_by       text,
    drawn_position bigint,
    frame_size     integer,
    in_no_stratum  integer
);

create table {slot}.drawn (
    draw_id    text    not null,
    voucher_id text    not null,
    stratum_id text    not null,
    -- In the order in which they were drawn from their stratum, from one on.
    place      integer not null,
    primary key (draw_id, voucher_id)
);
create index on {slot}.drawn (voucher_id);

create table {slot}.stratum (
    draw_id    text    not null,
    stratum_id text    not null,
    out_of     integer not null,
    primary key (draw_id, stratum_id)
);

-- Keyed by where it was recorded.
create table {slot}.finding (
    position       bigint primary key,
    draw_id        text        not null,
    finding_id     text        not null,
    voucher_id     text        not null,
    matter         text        not null,
    questioned_fen bigint      not null,
    status         text        not null,
    outcome        text,
    changed_at     timestamptz not null,
    unique (draw_id, finding_id)
);
create index on {slot}.finding (position) where outcome is null;
create index on {slot}.finding (voucher_id);

-- What was said about a finding, by whom, with which papers: how it was recorded, every answer, how it was closed.
create table {slot}.step (
    position   bigint primary key,
    draw_id    text        not null,
    finding_id text        not null,
    status     text        not null,
    outcome    text,
    statement  text        not null,
    documents  jsonb       not null,
    at         timestamptz not null,
    actor      text        not null,
    role       text        not null
);
create index on {slot}.step (draw_id, finding_id, position);

-- views
drop view if exists view.audit_standing;
create view view.audit_standing as select * from {slot}.standing;
drop view if exists view.audit_draw;
create view view.audit_draw as
select d.*,
       (select count(*) from {slot}.drawn i where i.draw_id = d.id) as sample_size,
       (select count(*) from {slot}.finding f where f.draw_id = d.id) as findings,
       (select count(*) from {slot}.finding f where f.draw_id = d.id and f.outcome is null) as open_findings
from {slot}.draw d;
drop view if exists view.audit_drawn;
create view view.audit_drawn as select * from {slot}.drawn;
drop view if exists view.audit_stratum;
create view view.audit_stratum as select * from {slot}.stratum;
drop view if exists view.audit_finding;
create view view.audit_finding as select * from {slot}.finding;
drop view if exists view.audit_step;
create view view.audit_step as select * from {slot}.step;
