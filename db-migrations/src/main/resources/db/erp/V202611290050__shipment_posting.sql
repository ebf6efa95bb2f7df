-- What left for orders, as order told it: what the ERP takes of it, or that it takes none. document: the body as it came.
create table shipment_posting (
  target          text not null,
  business_key    text not null,
  shipment_number text not null,
  tenant          text not null,
  state           text not null check (state in ('booked', 'not-supported')),
  message_id      text not null,
  sequence        bigint not null,
  document        text not null,
  taken_at        timestamptz not null,
  primary key (target, business_key, shipment_number)
);
