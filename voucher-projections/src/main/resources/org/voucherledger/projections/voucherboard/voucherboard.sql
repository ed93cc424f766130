-- Each voucher as it is now, of an enterprise or of a holder. Amounts in fen; deadlines are the first instants that are too late.
create table {slot}.voucher (
    id                text collate "C" primary key,
    batch_id          text        not null,
    scheme_id         text        not null,
    scheme_version    integer     not null,
    application_id    text,
    enterprise_id     text,
    holder_ref        text,
    category          text,
    threshold_fen     bigint,
    provider_id       text,
    product_id        text,
    product_version   integer,
    service_type      text,
    purchase_reference text,
    purchase_fen      bigint,
    claim_id          text,
    status            text        not null,
    face_fen          bigint      not null,
    expected_fen      bigint,
    held_fen          bigint      not null,
    ordered_fen       bigint      not null,
    paid_fen          bigint      not null,
    accepted_fen      bigint      not null,
    claimed_fen       bigint      not null,
    redeemed_fen      bigint      not null,
    back_fen          bigint      not null,
    approved_fen      bigint      not null,
    owed_fen          bigint      not null,
    clawback_due_fen  bigint      not null,
    contracted        boolean     not null,
    undo_requested    boolean     not null,
    frozen            boolean     not null,
    issued_at         timestamptz not null,
    order_by          timestamptz,
    valid_until       timestamptz,
    redemption_until  timestamptz,
    own_order_by      timestamptz,
    extended_until    timestamptz,
    changed_at        timestamptz not null,
    position          bigint      not null,
    state             json        not null
) with (toast_tuple_target = 4080);
create index on {slot}.voucher (batch_id, id);
create index on {slot}.voucher (enterprise_id, id);
create index on {slot}.voucher (holder_ref, id) where holder_ref is not null;
create index on {slot}.voucher (provider_id, id);
create index on {slot}.voucher (status, id);

-- What the deadlines hang on besides the voucher itself.
create table {slot}.batch (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);
create table {slot}.scheme (id text primary key, state json not null) with (fillfactor = 80, toast_tuple_target = 4080);
create table {slot}.enterprise (
    id text primary key, frozen boolean not null, disqualified boolean not null, position bigint not null, state json not null);
create table {slot}.provider (
    id text primary key, frozen boolean not null, disqualified boolean not null, position bigint not null, state json not null);

-- Who gains or loses by each decision of the authority, as this view stood at it (ALL-06).
create table {slot}.affected (
    decision       bigint  not null,
    key            text    not null collate "C",
    matter         text    not null,
    rule           text    not null,
    batch_id       text,
    application_id text,
    voucher_id     text,
    enterprise_id  text,
    holder_ref     text,
    provider_id    text,
    status         text,
    from_at        timestamptz,
    to_at          timestamptz,
    from_fen       bigint,
    to_fen         bigint,
    lapse_rule     text,
    lapse_from_at  timestamptz,
    lapse_to_at    timestamptz,
    lapse_fen      bigint,
    over_fen       bigint,
    gains          boolean not null,
    primary key (decision, key)
);

-- views
drop view if exists view.affected_voucher;
create view view.affected_voucher as select * from {slot}.affected;
drop view if exists view.dated_batch;
create view view.dated_batch as
select b.id, b.state, s.state as scheme_state
from {slot}.batch b join {slot}.scheme s on s.id = b.state -> 'opened' ->> 'schemeId';
drop view if exists view.voucher;
create view view.voucher as
select v.id, v.batch_id, v.scheme_id, v.scheme_version, v.application_id, v.enterprise_id, v.holder_ref,
       v.category, v.threshold_fen, v.provider_id, v.product_id, v.product_version, v.service_type,
       v.purchase_reference, v.purchase_fen, v.claim_id, v.status, v.face_fen, v.expected_fen, v.held_fen, v.ordered_fen,
       v.paid_fen, v.accepted_fen, v.claimed_fen, v.redeemed_fen, v.back_fen, v.approved_fen, v.owed_fen,
       v.clawback_due_fen, v.contracted, v.undo_requested, v.frozen, v.issued_at, v.order_by, v.valid_until,
       v.redemption_until, v.own_order_by, v.extended_until, v.changed_at, v.position,
       coalesce(e.frozen, false) or coalesce(p.frozen, false) as party_frozen,
       coalesce(e.disqualified, false)                        as enterprise_disqualified,
       coalesce(p.disqualified, false)                        as provider_disqualified,
       greatest(v.position, e.position, p.position)           as concerned_position
from {slot}.voucher v
left join {slot}.enterprise e on e.id = v.enterprise_id
left join {slot}.provider p on p.id = v.provider_id;
