-- One row per order and target: where its posting stands. sequence and message_id are those of the last message that took
-- effect in the ERP's tables; event_sequence is the number of the last event told about it.
create table posting (
  target text not null,
  business_key text not null,
  tenant text not null,
  channel text not null,
  state text not null check (state in ('written', 'acknowledged', 'rejected', 'withdrawn')),
  sequence bigint not null,
  event_sequence bigint not null,
  message_id text not null,
  traceparent text not null,
  document_no text,
  document_id text,
  reason text,
  written_at timestamptz not null,
  verdict_at timestamptz,
  primary key (target, business_key)
) with (fillfactor = 80);

-- What the verdict poller pages through: the rows that still wait, and those that the ERP tries again.
create index posting_written on posting (target, written_at, business_key) where state = 'written';
create index posting_rejected on posting (target, written_at, business_key) where state = 'rejected';
