-- The raw limit: an order and its lines with their keys and indexes, and nothing else.
drop table if exists order_line, orders;
create table orders(id uuid primary key, version int not null, channel varchar(255) not null, external_id varchar(255) not null, status varchar(255) not null, created_at timestamptz not null, constraint uq_orders_channel_ext unique(channel, external_id));
create table order_line(id uuid primary key, order_id uuid not null references orders(id), sku varchar(255) not null, qty int not null, price numeric(19,4) not null);
create index ix_order_line_order on order_line(order_id);
