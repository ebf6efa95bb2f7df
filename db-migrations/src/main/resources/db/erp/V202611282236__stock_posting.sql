-- One row per movement of stock and target: where its booking stands. order_id: the order that tells the ERP of it, which then is not booked
-- by itself. told_at: when inventory was told that the ERP knows it, once.
create table stock_posting (
  target       text not null,
  business_key text not null,
  tenant       text not null,
  feed         text not null,
  source_key   text not null,
  kind         text not null,
  state        text not null check (state in ('written', 'booked', 'rejected', 'by-order')),
  message_id   text not null,
  traceparent  text not null,
  order_id     text,
  document_id  text,
  reason       text,
  written_at   timestamptz not null,
  verdict_at   timestamptz,
  told_at      timestamptz,
  primary key (target, business_key)
) with (fillfactor = 80);

-- What the poller pages through: what waits, what the ERP tries again, what waits for its order.
create index stock_posting_written on stock_posting (target, written_at, business_key) where state = 'written';
create index stock_posting_rejected on stock_posting (target, written_at, business_key) where state = 'rejected';
create index stock_posting_by_order on stock_posting (target, order_id) where state = 'by-order';
