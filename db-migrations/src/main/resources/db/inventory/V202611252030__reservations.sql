-- What is held for whom. The movements that it makes are the ledger's.

-- document is what was asked for (canonical JSON), granted what was held of each of its lines. A refused one is kept only if it was
-- commanded: its refusal is told, and asking again tries again.
create table reservation (
  reservation_id text primary key,
  tenant         text not null,
  reference      text not null,
  channel        text,
  state          text not null check (state in ('held', 'refused', 'released', 'expired', 'consumed')),
  document       text not null,
  granted        numeric[] not null,
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  state_since    timestamptz not null,
  event_sequence bigint not null,
  constraint reservation_reference unique (tenant, reference)
) with (fillfactor = 80);
create index reservation_due on reservation (expires_at) where state = 'held';

-- Per position: held still, given back, left.
create table reservation_hold (
  reservation_id text not null references reservation,
  sku            text not null,
  location       text not null,
  held           numeric not null check (held >= 0),
  released       numeric not null check (released >= 0),
  consumed       numeric not null check (consumed >= 0),
  primary key (reservation_id, sku, location)
) with (fillfactor = 80);

-- What was done with it, each under its owner's document.
create table reservation_step (
  reservation_id text not null references reservation,
  kind           text not null check (kind in ('release', 'consumption')),
  document       text not null,
  content        text not null,
  recorded_at    timestamptz not null,
  primary key (reservation_id, kind, document)
);
