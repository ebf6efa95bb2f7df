-- What channels are told of what has left.

-- A shipment of an order, once: how far its channel is told of it. sequence is that of the order's messages: what left first is told first. told_as are the
-- channel's own names of what it made of it. A refusal is a case in the hospital, whose number is refusals.
create table shipment_telling (
  order_id        text not null,
  shipment_number text not null,
  sequence        bigint not null,
  connection      text not null references connection,
  state           text not null check (state in ('due', 'sending', 'told', 'unknown', 'refused', 'nobody')),
  reason          text,
  message_id      text not null,
  traceparent     text not null,
  caused_by       text not null,
  body            text not null,
  heard_at        timestamptz not null,
  due_at          timestamptz not null,
  attempts        int not null default 0,
  refusals        int not null default 0,
  told_at         timestamptz,
  told_as         text[] not null default '{}',
  primary key (order_id, shipment_number)
) with (fillfactor = 70);
create index shipment_telling_due on shipment_telling (connection, due_at) where state in ('due', 'unknown');
create index shipment_telling_sending on shipment_telling (connection) where state = 'sending';

-- As stock_delivery: due_at is also a claim, token says whose; the budget is what is left of the channel's limit of calls.
create table shipment_delivery (
  connection text primary key references connection,
  due_at     timestamptz not null,
  token      text not null,
  budget     numeric not null,
  budget_at  timestamptz not null,
  failures   int not null,
  last_error text
) with (fillfactor = 50);
