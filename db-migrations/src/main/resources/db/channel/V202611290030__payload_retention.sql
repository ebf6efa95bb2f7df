-- What a channel sent is kept for a configured time; its row stays for ever, since the balance, the trace and the look for repeated
-- deliveries need it.

-- When the body was taken away; it is empty then.
alter table payload add column removed_at timestamptz;

-- All payloads up to this one are done with.
create table payload_retention (
  only_one boolean primary key default true check (only_one),
  passed   text not null
) with (fillfactor = 50);
insert into payload_retention (passed) values ('');
