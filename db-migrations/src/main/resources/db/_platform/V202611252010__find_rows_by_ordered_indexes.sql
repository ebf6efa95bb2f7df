-- Block range indexes did not find these rows: under load their summaries lag by minutes, and what is not summarized is read whole, each
-- time. At 500 orders a second a look at four seconds read a million rows. Rows come in about the order of these columns, so that an
-- ordered index is written at its end only.

drop index sent_message_xid;
create index sent_message_xid on sent_message (sent_xid);
drop index trace_hop_at;
create index trace_hop_at on trace_hop (hopped_at);

-- Logs that only grow: a vacuum finds nothing to remove there, and a fifth of new rows changes no plan.
alter table sent_message set (autovacuum_vacuum_insert_scale_factor = 1, autovacuum_analyze_scale_factor = 0.5);
alter table trace_hop set (autovacuum_vacuum_insert_scale_factor = 1, autovacuum_analyze_scale_factor = 0.5);
