-- Connections to channels with their secrets, what came in as it came, what became of it, and what was told of each document.

-- A channel of a tenant has one connection: two would number the commands about one order apart from each other.
create table connection (
  code       text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  tenant     text not null,
  kind       text not null,
  channel    text not null check (length(channel) between 1 and 64),
  account    text not null,
  api_url    text,
  active     boolean not null,
  version    bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint connection_channel unique (tenant, channel)
);

-- sealed by a key that is not in the database.
create table connection_secret (
  secret_id  text primary key,
  connection text not null references connection,
  purpose    text not null check (purpose in ('signature', 'api')),
  sealed     bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create index connection_secret_live on connection_secret (connection) where retired_at is null;

-- Once per delivery and content; deliveries counts how often it came.
create table payload (
  payload_id      text primary key,
  connection      text not null references connection,
  tenant          text not null,
  delivery_id     text not null,
  origin          text not null check (origin in ('webhook', 'asked')),
  topic           text not null,
  account         text,
  triggered_at    timestamptz,
  received_at     timestamptz not null,
  last_delivery_at timestamptz not null,
  deliveries      int not null,
  body            bytea not null,
  body_sha256     bytea not null,
  traceparent     text not null,
  constraint payload_delivery unique (connection, delivery_id, body_sha256)
);
create index payload_received on payload (connection, received_at);

-- One row per payload that was handled; one that is parked is in the hospital instead.
create table payload_fate (
  payload_id     text primary key references payload,
  fate           text not null,
  document       text not null,
  source_version timestamptz,
  detail         text not null,
  decided_at     timestamptz not null
);
create index payload_fate_document on payload_fate (document);

-- source_version and content are of what was told last; null while only something about the document came. The sequences number what
-- goes to others about it.
create table document (
  connection       text not null references connection,
  document         text not null,
  source_version   timestamptz,
  content          text,
  content_hash     bytea,
  cancelled        boolean not null,
  command_sequence bigint not null,
  event_sequence   bigint not null,
  updated_at       timestamptz not null,
  primary key (connection, document)
) with (fillfactor = 80);

create table refund (
  connection   text not null references connection,
  refund_id    text not null,
  document     text not null,
  content_hash bytea not null,
  told_at      timestamptz not null,
  primary key (connection, refund_id)
);
