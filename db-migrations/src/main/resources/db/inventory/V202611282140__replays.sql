-- What an operator has sent once more to one subscriber, and how far that is. plan is what the dry run found (JSON), after_key and
-- after_sequence the last message that was sent again; pause_at and most count from the first.
create table replay (
  replay_id      text primary key,
  tenant         text not null,
  reference      text not null,
  subscriber     text not null,
  from_at        timestamptz not null,
  to_at          timestamptz not null,
  sku            text not null,
  location       text not null,
  plan           text not null,
  state          text not null check (state in ('planned', 'running', 'paused', 'done')),
  reason         text not null,
  sent           bigint not null check (sent >= 0),
  pause_at       bigint,
  most           bigint,
  rate           int not null check (rate > 0),
  after_key      text not null,
  after_sequence bigint not null,
  due_at         timestamptz,
  actor          text not null,
  requested_by   text not null,
  requested_at   timestamptz not null,
  state_since    timestamptz not null,
  constraint replay_reference unique (tenant, reference)
);
create index replay_due on replay (due_at) where state = 'running';
