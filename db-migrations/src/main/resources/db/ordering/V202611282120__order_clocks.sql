-- How long orders may stand where they stand, for channels whose policy has a time for the state. A row of an order that stands elsewhere by
-- now says nothing any more.
create table order_clock (
  order_id text primary key references orders,
  tenant   text not null,
  channel  text not null,
  status   text not null,
  since    timestamptz not null,
  warn_at  timestamptz not null,
  due_at   timestamptz not null
) with (fillfactor = 70);
create index order_clock_warn on order_clock (warn_at);
