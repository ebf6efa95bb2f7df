-- What the runtime keeps in each module's own schema. Times are timestamptz; ids are text (26 characters, sorted by time).

-- The last message handled per queue and business key, and how many of that key's messages lie in the hospital.
create table inbox (
  queue text not null,
  business_key text not null,
  last_sequence bigint not null,
  open_cases int not null default 0,
  updated_at timestamptz not null,
  primary key (queue, business_key)
) with (fillfactor = 80);

-- One row per message sent: what a consumer that misses a number asks for. body is null where the sender rebuilds it from its
-- own state; body_hash (SHA-256) proves that it is the same.
create table sent_message (
  destination text not null,
  business_key text not null,
  sequence bigint not null,
  message_id text not null,
  type text not null,
  tenant text not null,
  channel text not null,
  traceparent text not null,
  caused_by text not null,
  body_hash bytea not null,
  body text,
  sent_at timestamptz not null,
  primary key (destination, business_key, sequence)
);

-- Messages taken off a queue that could not be handled, and those that wait behind them.
create table hospital_case (
  case_id text primary key,
  queue text not null,
  business_key text not null,
  sequence bigint not null,
  message_id text not null,
  type text not null,
  tenant text not null,
  channel text not null,
  traceparent text not null,
  caused_by text not null,
  body text not null,
  state text not null check (state in ('parked', 'waiting', 'gap', 'due', 'done', 'discarded')),
  kind text,
  code text,
  detail text,
  fingerprint text,
  attempts int not null default 0,
  parked_at timestamptz not null,
  state_since timestamptz not null,
  due_at timestamptz,
  deadline timestamptz,
  alarmed_at timestamptz
);
create unique index hospital_case_open on hospital_case (queue, business_key, sequence) where state not in ('done', 'discarded');
create index hospital_case_due on hospital_case (queue, due_at) where state = 'due';
create index hospital_case_gap on hospital_case (queue, state_since) where state = 'gap';
create index hospital_case_fingerprint on hospital_case (fingerprint) where state = 'parked';

-- Who did what to a case, with the body before an edit.
create table hospital_action (
  case_id text not null references hospital_case (case_id),
  acted_at timestamptz not null,
  actor text not null,
  action text not null,
  reason text not null,
  body_before text
);
create index hospital_action_case on hospital_action (case_id);

-- One row per hop of a business key through this module, at most 300 bytes.
create table trace_hop (
  hopped_at timestamptz not null,
  business_key text not null,
  tenant text not null,
  hop text not null,
  message_id text not null,
  detail text not null
);
create index trace_hop_key on trace_hop (business_key);

-- A row per loop (drain or periodic work); whoever holds its row lock runs, in the whole cluster.
create table drain_lease (
  name text primary key
);

-- Servers that run this module. The transaction log of a node belongs to its object store, known by its id.
create table node (
  node_id text primary key,
  store_uuid text not null,
  started_at timestamptz not null,
  heartbeat_at timestamptz not null
);
