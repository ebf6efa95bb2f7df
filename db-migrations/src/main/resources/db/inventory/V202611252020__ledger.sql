-- What moved, where that leaves each position, and what each feed has told.

-- The ledger: appended, never changed. number counts a position's rows without a gap, and each row says where it left the position: a row
-- that is deleted, doubled or changed contradicts its neighbours or the position. source_key is the feed's own name of the movement.
-- No movement of a reservation leaves more held than there is: what decides in memory is checked here once more.
create table movement (
  tenant          text not null,
  sku             text not null,
  location        text not null,
  number          bigint not null check (number > 0),
  kind            text not null check (kind in ('sale', 'return', 'transfer-out', 'transfer-in', 'receipt', 'adjustment',
    'count-correction', 'reservation', 'release', 'consumption')),
  on_hand_change  numeric not null,
  reserved_change numeric not null,
  on_hand_after   numeric not null,
  reserved_after  numeric not null,
  unit            text not null,
  feed            text not null,
  source_key      text not null,
  source_sequence bigint,
  document        text,
  line            text,
  occurred_at     timestamptz not null,
  recorded_at     timestamptz not null,
  reference       text,
  reason          text,
  channel         text,
  erp_knows       boolean not null,
  traceparent     text not null,
  primary key (tenant, sku, location, number),
  constraint movement_source_key unique (tenant, feed, source_key),
  constraint movement_moves check (on_hand_change <> 0 or reserved_change <> 0),
  constraint movement_never_oversold check (kind <> 'reservation' or reserved_after <= on_hand_after)
);
revoke update, delete on movement from inventory_app;

-- Where the ledger leaves a SKU at a location. number is that of its last movement, event_sequence that of the last message about it.
-- unknown_to_erp: sold less returned, as far as the ERP has not been told; it is off on_hand already. unit is empty before the first
-- movement. No index has what changes in it, so that updates stay on the page (HOT).
create table position (
  tenant         text not null,
  sku            text not null,
  location       text not null,
  unit           text not null,
  on_hand        numeric not null,
  reserved       numeric not null check (reserved >= 0),
  safety         numeric not null check (safety >= 0),
  unknown_to_erp numeric not null,
  number         bigint not null,
  event_sequence bigint not null,
  recorded_at    timestamptz not null,
  primary key (tenant, sku, location)
) with (fillfactor = 50);

-- What has come by a feed. first and highest are of the feed's own numbers, 0 while it has none.
create table feed (
  tenant           text not null,
  feed             text not null,
  first_sequence   bigint not null,
  highest_sequence bigint not null,
  movements        bigint not null,
  duplicates       bigint not null,
  conflicts        bigint not null,
  reordered        bigint not null,
  late             bigint not null,
  last_occurred_at timestamptz,
  last_recorded_at timestamptz,
  primary key (tenant, feed)
) with (fillfactor = 50);

-- Numbers of a feed that have not come though later ones have.
create table feed_gap (
  tenant        text not null,
  feed          text not null,
  first_missing bigint not null,
  last_missing  bigint not null,
  noticed_at    timestamptz not null,
  primary key (tenant, feed, first_missing),
  foreign key (tenant, feed) references feed
);
