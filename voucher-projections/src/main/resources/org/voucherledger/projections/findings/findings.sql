-- Complaints and spot checks as they are now; what one is not about is null.
create table {slot}.finding (
    id            text primary key,
    kind          text        not null,
    matter        text,
    voucher_id    text,
    enterprise_id text,
    provider_id   text,
    -- The role and the party, or the account where it acted for none.
    brought_by    text        not null,
    outcome       text,
    answer        text,
    measures      integer     not null,
    registered_at timestamptz not null,
    answered_at   timestamptz,
    position      bigint      not null,
    state         json       not null
);
create index on {slot}.finding (id) where outcome is null;
create index on {slot}.finding (brought_by, id);

-- views
drop view if exists view.finding;
create view view.finding as
select f.id, f.kind, f.matter, f.voucher_id, f.enterprise_id, f.provider_id, f.brought_by, f.outcome, f.answer, f.measures, f.registered_at,
       f.answered_at, f.position
from {slot}.finding f;
