-- As for the logs: a block range index lags behind what came in last, and that is what is looked for.
drop index orders_received;
create index orders_received on orders (received_at);

alter table order_revision set (autovacuum_vacuum_insert_scale_factor = 1, autovacuum_analyze_scale_factor = 0.5);
