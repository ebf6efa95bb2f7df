-- Orders, each revision of their content, the SKUs they wait for, and the Idempotency-Keys of their senders.

-- The state of an order. content_hash is of the first revision: what a repeated placement is compared with. posting_sequence is the
-- number of the last message sent to the ERP module, 0 before the first.
-- No index has status or version in it, so that their updates stay on the page (HOT); fillfactor leaves them the room.
create table orders (
  order_id text primary key,
  tenant text not null,
  channel text not null,
  channel_order_id text not null,
  status text not null,
  version int not null,
  revision int not null,
  posting_sequence bigint not null,
  content_hash bytea not null,
  placed_at timestamptz not null,
  received_at timestamptz not null,
  status_since timestamptz not null,
  currency text not null,
  grand_total numeric(19, 4) not null,
  document_no text,
  status_reason text,
  constraint orders_natural_key unique (tenant, channel, channel_order_id)
) with (fillfactor = 80);

-- The canonical JSON as parsed and checked. posting_sequence is the message that carried it; null while none did.
create table order_revision (
  order_id text not null references orders (order_id),
  revision int not null,
  posting_sequence bigint,
  document text not null,
  recorded_at timestamptz not null,
  traceparent text not null,
  primary key (order_id, revision)
);

-- SKUs that master data did not know. An order of status awaiting-mapping has at least one row, any other has none.
create table order_awaiting_sku (
  order_id text not null references orders (order_id),
  tenant text not null,
  sku text not null,
  primary key (order_id, sku)
);
create index order_awaiting_sku_key on order_awaiting_sku (tenant, sku, order_id);

create table idempotency_key (
  tenant text not null,
  key text not null,
  content_hash bytea not null,
  order_id text not null references orders (order_id),
  recorded_at timestamptz not null,
  primary key (tenant, key)
);
