-- Logs that only grow: a vacuum finds nothing to remove there, and a fifth of new rows changes no plan. The default read each of them again
-- and again while it grew.

alter table sent_message set (autovacuum_vacuum_insert_scale_factor = 1, autovacuum_analyze_scale_factor = 0.5);
alter table trace_hop set (autovacuum_vacuum_insert_scale_factor = 1, autovacuum_analyze_scale_factor = 0.5);
