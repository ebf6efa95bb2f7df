-- What is to come: lines of purchase orders, and of advices of what is on its way. What has come of it is the ledger's: receipts with the
-- document as their reference. order_document and order_line: the purchase order that an advice is part of.
create table expected_receipt (
  tenant         text not null,
  source         text not null,
  document       text not null,
  line           text not null,
  version        bigint not null check (version > 0),
  kind           text not null check (kind in ('purchase-order', 'advice')),
  sku            text not null,
  location       text not null,
  quantity       numeric not null check (quantity >= 0),
  expected_at    timestamptz not null,
  order_document text,
  order_line     text,
  recorded_at    timestamptz not null,
  traceparent    text not null,
  primary key (tenant, source, document, line)
);
create index expected_receipt_place on expected_receipt (tenant, sku, location, expected_at);
create index expected_receipt_order on expected_receipt (tenant, order_document, order_line) where order_document is not null;
create index movement_receipt on movement (tenant, reference, sku, location) where kind = 'receipt' and reference is not null;
