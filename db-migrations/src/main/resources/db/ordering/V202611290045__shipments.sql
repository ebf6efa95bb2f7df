-- What left for orders. The shipment's number is the warehouse's: with the tenant the natural key. erp_state: waiting until the ERP has acknowledged the
-- order, told to the ERP's module, then what became of it. resolved_*: who looked at one that was more than ordered.
create table order_shipment (
  tenant          text not null,
  shipment_number text not null,
  order_id        text not null references orders,
  number          int not null,
  document        text not null,
  content_hash    bytea not null,
  over_shipped    text,
  erp_state       text not null check (erp_state in ('waiting', 'told', 'booked', 'not-supported')),
  erp_since       timestamptz not null,
  erp_reason      text,
  recorded_at     timestamptz not null,
  traceparent     text not null,
  resolved_at     timestamptz,
  resolved_by     text,
  resolution      text,
  primary key (tenant, shipment_number),
  unique (order_id, number)
) with (fillfactor = 80);
create index order_shipment_waiting on order_shipment (erp_since) where erp_state = 'waiting';
create index order_shipment_over on order_shipment (recorded_at) where over_shipped is not null and resolved_at is null;

-- How far each line is, written under the order's row lock. unheld: what of it left without having been held. closed: nothing more will come.
create table order_line_shipping (
  order_id text not null references orders,
  line_id  text not null,
  sku      text not null,
  shipped  numeric not null check (shipped >= 0),
  unheld   numeric not null check (unheld >= 0),
  closed   boolean not null,
  primary key (order_id, line_id)
) with (fillfactor = 80);

-- What of an allocation has left; quantity has it in it.
alter table order_allocation add column consumed numeric not null default 0 check (consumed >= 0);
