-- What a channel may sell of what is there, and what is kept back. What holds now lies where it is asked for; each version is appended, so
-- that what was believed at a time can be told.

-- sku is empty for the channel as a whole; a row with a SKU takes its place for that SKU. No locations: all of the tenant's.
create table channel_rule (
  tenant          text not null,
  channel         text not null,
  sku             text not null,
  version         bigint not null,
  buffer          numeric not null check (buffer >= 0),
  cap             numeric check (cap >= 0),
  minimum_display numeric not null check (minimum_display >= 0),
  locations       text[] not null,
  set_at          timestamptz not null,
  primary key (tenant, channel, sku)
);

-- The same, each version; buffer is null where the rule was taken away.
create table channel_rule_version (
  tenant          text not null,
  channel         text not null,
  sku             text not null,
  version         bigint not null,
  buffer          numeric,
  cap             numeric,
  minimum_display numeric,
  locations       text[],
  set_at          timestamptz not null,
  primary key (tenant, channel, sku, version)
);
revoke update, delete on channel_rule_version from inventory_app;

-- What position.safety was, each time it was set.
create table safety_version (
  tenant   text not null,
  sku      text not null,
  location text not null,
  version  bigint not null,
  quantity numeric not null,
  set_at   timestamptz not null,
  primary key (tenant, sku, location, version)
);
revoke update, delete on safety_version from inventory_app;

-- Who set what. Appended in the transaction of the deed, never changed.
create table audit_entry (
  entry_id text primary key,
  acted_at timestamptz not null,
  actor    text not null,
  action   text not null,
  tenant   text not null,
  subject  text not null,
  detail   text not null
);
create index audit_entry_tenant on audit_entry (tenant, entry_id);
revoke update, delete on audit_entry from inventory_app;
