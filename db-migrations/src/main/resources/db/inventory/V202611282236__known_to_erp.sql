-- What the ERP is told of, and what it knows.

-- Which kinds of movement a tenant has its ERP book; location is empty for the tenant as a whole. A row with a location takes its place
-- there. No row: none.
create table erp_movement_kinds (
  tenant   text not null,
  location text not null,
  kinds    text[] not null,
  set_at   timestamptz not null,
  primary key (tenant, location)
);

-- Movements that the ERP has in its books, each once. quantity is by how much what it did not know fell: 0 for what was no sale.
create table known_to_erp (
  tenant     text not null,
  feed       text not null,
  source_key text not null,
  sku        text not null,
  location   text not null,
  quantity   numeric not null,
  target     text not null,
  document   text,
  known_at   timestamptz not null,
  primary key (tenant, feed, source_key)
);
