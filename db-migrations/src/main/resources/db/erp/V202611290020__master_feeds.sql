-- Which masters of an ERP come back for whom, and how far. Times without a zone are by the ERP's clock.
-- settled_at: no change dated before is still to come; horizon_*: what becomes it when the ERP's transactions up to that number have
-- ended; null before the first look. full_at: when all of them were looked at the last time; null if they are to be. round counts how
-- often all were wanted anew, looks the pages kept: who read before another kept one keeps nothing. seen_at: when a look ended last.
create table master_feed (
  target         text not null,
  kind           text not null check (kind in ('item', 'customer', 'location', 'tax-code')),
  tenant         text not null,
  settled_at     timestamp,
  horizon_at     timestamp,
  horizon_number bigint,
  full_at        timestamptz,
  round          bigint not null default 0,
  looks          bigint not null default 0,
  seen_at        timestamptz not null,
  primary key (target, kind)
) with (fillfactor = 50);

-- What was told last of each master, in which round, and how many messages about it there were.
create table master_told (
  target   text not null,
  tenant   text not null,
  kind     text not null,
  erp_id   bigint not null,
  content  text not null,
  round    bigint not null,
  sequence bigint not null,
  primary key (target, tenant, kind, erp_id)
) with (fillfactor = 80);
