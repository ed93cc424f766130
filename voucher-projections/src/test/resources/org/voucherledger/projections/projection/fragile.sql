create table {slot}.counted (events bigint not null);
insert into {slot}.counted values (0);

-- views
drop view if exists view.counted;
create view view.counted as select * from {slot}.counted;
