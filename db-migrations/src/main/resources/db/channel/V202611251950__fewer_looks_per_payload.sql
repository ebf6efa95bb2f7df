-- Each webhook paid for three looks at its connection and one at its payload, and locked the connection's row each time. Connections and
-- payloads are never deleted by the application; who deletes one by hand is found by the balance of module operations.

alter table payload drop constraint payload_connection_fkey;
alter table document drop constraint document_connection_fkey;
alter table payload_fate drop constraint payload_fate_payload_id_fkey;
alter table refund drop constraint refund_connection_fkey;

-- They only grow: see the logs.
alter table payload set (autovacuum_vacuum_insert_scale_factor = 1, autovacuum_analyze_scale_factor = 0.5);
alter table payload_fate set (autovacuum_vacuum_insert_scale_factor = 1, autovacuum_analyze_scale_factor = 0.5);
