-- Order ids sort by the time the order was placed (ADR 0008), so a search by the time of reception needs its own way in. Rows lie
-- in the order of their reception: a block range index is enough, and costs the intake next to nothing.
create index orders_received on orders using brin (received_at) with (pages_per_range = 32, autosummarize = on);
