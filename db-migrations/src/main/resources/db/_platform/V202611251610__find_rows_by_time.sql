-- Rows lie in the order of their time: block range indexes find those of an hour, and cost the transaction that writes them next to
-- nothing. The operations module looks by time.
create index sent_message_at on sent_message using brin (sent_at) with (pages_per_range = 32, autosummarize = on);
create index trace_hop_at on trace_hop using brin (hopped_at) with (pages_per_range = 32, autosummarize = on);
