-- Stock as channels and stores are told of it.

-- How each position stands, as inventory told it last. sequence is that of its messages: an older one never replaces a newer one. changed_xid
-- is the transaction that wrote it: who reads on from there reads only transactions that have ended, so nobody's row appears behind him.
create table stock_position (
  tenant      text not null,
  location    text not null,
  sku         text not null,
  sequence    bigint not null,
  movement    bigint not null,
  unit        text not null,
  on_hand     numeric not null,
  reserved    numeric not null,
  safety      numeric not null,
  recorded_at timestamptz not null,
  heard_at    timestamptz not null,
  changed_xid bigint not null default pg_current_xact_id()::text::bigint,
  primary key (tenant, location, sku)
) with (fillfactor = 70);
create index stock_position_changed on stock_position (tenant, location, changed_xid, sku);

-- What the channel calls a SKU: two SKUs that were one item there would overwrite each other.
create table stock_item (
  connection   text not null references connection,
  sku          text not null,
  channel_item text not null,
  taught_at    timestamptz not null,
  primary key (connection, sku),
  constraint stock_item_channel unique (connection, channel_item)
);

-- What the channel calls a place. The location is empty for all that the channel sells from, shown as one place there; the channel's location
-- is empty for a place that it is told nothing of.
create table stock_place (
  connection       text not null references connection,
  location         text not null,
  channel_location text not null,
  taught_at        timestamptz not null,
  primary key (connection, location)
);
create unique index stock_place_channel on stock_place (connection, channel_location) where channel_location <> '';

-- The newest that a channel is to show of a SKU at a place. wanted counts the changes heard, asked says how many of them are in the value that
-- was sent last; due_since is null if the channel has the newest.
create table stock_publication (
  connection text not null references connection,
  sku        text not null,
  location   text not null,
  state      text not null check (state in ('due', 'sending', 'sent', 'unknown', 'failed')),
  waits_for  text check (waits_for in ('item', 'location', 'stock')),
  wanted     bigint not null,
  asked      bigint not null,
  movement   bigint not null,
  value      numeric,
  sent_value numeric,
  sent_at    timestamptz,
  heard_at   timestamptz not null,
  due_since  timestamptz,
  due_at     timestamptz not null,
  attempts   int not null,
  reason     text,
  primary key (connection, sku, location)
) with (fillfactor = 60);
create index stock_publication_due on stock_publication (connection, due_at) where state in ('due', 'unknown') and waits_for is null;
create index stock_publication_sending on stock_publication (connection) where state = 'sending';
create index stock_publication_late on stock_publication (connection, due_since) where due_since is not null;

-- due_at is also a claim: whoever tells a channel moves it ahead, so that nobody else does; token says whose it is. The budget is what is left of
-- the channel's limit of calls.
create table stock_delivery (
  connection text primary key references connection,
  due_at     timestamptz not null,
  token      text not null,
  budget     numeric not null,
  budget_at  timestamptz not null,
  failures   int not null,
  last_error text
) with (fillfactor = 50);
