create table {slot}.nothing (id integer primary key);
-- views
