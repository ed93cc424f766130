-- Each scheme with the version in force, and every version that ever was with its terms. Amounts in fen.
create table {slot}.scheme (
    id       text primary key,
    version  integer not null,
    fund_fen bigint  not null,
    position bigint  not null
);

create table {slot}.scheme_version (
    scheme_id    text        not null,
    version      integer     not null,
    published_at timestamptz not null,
    file_sha256  text        not null,
    terms        jsonb       not null,
    position     bigint      not null,
    primary key (scheme_id, version)
);

-- views
drop view if exists view.scheme;
create view view.scheme as select * from {slot}.scheme;
drop view if exists view.scheme_version;
create view view.scheme_version as select * from {slot}.scheme_version;
