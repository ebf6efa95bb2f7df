-- What a channel's orders pass before they go to the ERP, and the stock that is held for them.

-- Number of the last OrderStateChanged told; 0 before the first.
alter table orders add column event_sequence bigint not null default 0;

-- What holds now. Channels without a row have mode none: straight to the ERP.
create table fulfilment_policy (
  tenant   text not null,
  channel  text not null,
  version  bigint not null,
  document text not null,
  set_at   timestamptz not null,
  primary key (tenant, channel)
);

-- The same, each version, and who set it. Appended, never changed.
create table fulfilment_policy_version (
  tenant   text not null,
  channel  text not null,
  version  bigint not null,
  document text not null,
  set_at   timestamptz not null,
  set_by   text not null,
  primary key (tenant, channel, version)
);
revoke update, delete on fulfilment_policy_version from order_app;

-- The stock side of an order. due_at: when the sweep looks for places again; null while it need not. ended: it
-- needs no stock any more. attempt: reservations refused in a
-- row; reservations: how many were ever asked for. Written under the order's row lock.
create table order_stock (
  order_id     text primary key references orders,
  tenant       text not null,
  channel      text not null,
  attempt      int not null,
  reservations int not null,
  due_at       timestamptz,
  ended        boolean not null default false
) with (fillfactor = 70);
create index order_stock_due on order_stock (due_at) where due_at is not null;

-- What inventory is asked to hold for an order, by the name it has there. command_sequence: number of the last command about it.
create table order_reservation (
  reference        text primary key,
  order_id         text not null references orders,
  state            text not null check (state in ('asked', 'held', 'refused', 'releasing', 'released', 'expired', 'consumed')),
  command_sequence bigint not null,
  policy_version   bigint not null,
  state_since      timestamptz not null
) with (fillfactor = 80);
create index order_reservation_order on order_reservation (order_id);

-- Of which place each line's goods come. quantity is what is left of it after releases.
create table order_allocation (
  reference text not null references order_reservation,
  line_id   text not null,
  sku       text not null,
  location  text not null,
  quantity  numeric not null check (quantity >= 0),
  primary key (reference, line_id, location)
);

-- What there is not enough of.
create table order_shortage (
  order_id text not null references orders,
  line_id  text not null,
  sku      text not null,
  quantity numeric not null check (quantity > 0),
  primary key (order_id, line_id)
);

-- Where a reservation was refused: not asked again until something is held, or time has passed.
create table order_exclusion (
  order_id text not null references orders,
  sku      text not null,
  location text not null,
  primary key (order_id, sku, location)
);
