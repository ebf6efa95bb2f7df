-- How many calls of a class of routes a partner may make, and what is left of them.

-- requests and window_seconds are null where the default is back; version grows with each change, so that gates and buckets see it.
create table quota (
  partner_id     text not null references partner,
  route_class    text not null,
  requests       bigint check (requests between 0 and 100000000),
  window_seconds int check (window_seconds between 1 and 86400),
  version        bigint not null,
  set_at         timestamptz not null,
  primary key (partner_id, route_class),
  check ((requests is null) = (window_seconds is null))
);

-- The library's own form of a bucket, replaced by compare and swap. Losing all rows fills all buckets, no more.
create table quota_bucket (
  bucket text primary key,
  state  bytea not null
) with (fillfactor = 70);
