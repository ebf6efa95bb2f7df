-- From where orders are sent: the rules, what was decided and why, and what a changed rule would do.

-- Each version of each rule, with who made it; appended, never changed. The highest version that has begun counts: it holds until its
-- end, or never if it retires the rule. content: steps and limits as JSON.
create table sourcing_rule_version (
  tenant          text not null,
  rule_id         text not null check (length(rule_id) between 1 and 64),
  version         int not null check (version > 0),
  scope_kind      text not null check (scope_kind in ('channel', 'brand', 'legal-entity', 'everything')),
  scope_value     text not null check ((scope_value = '') = (scope_kind = 'everything')),
  content         text not null,
  retired         boolean not null,
  effective_from  timestamptz not null,
  effective_until timestamptz check (effective_until > effective_from),
  made_at         timestamptz not null,
  made_by         text not null,
  reason          text not null,
  primary key (tenant, rule_id, version)
);
revoke update, delete, truncate on sourcing_rule_version from order_app;

-- Each decision about an order, in the order's transaction. decision: what was allocated and what is short, the candidates, their points,
-- and why they were rejected, as JSON.
create table sourcing_decision (
  order_id     text not null references orders,
  attempt      int not null check (attempt > 0),
  decided_at   timestamptz not null,
  rule_id      text not null,
  rule_version int not null,
  decision     text not null,
  primary key (order_id, attempt)
);
revoke update, delete, truncate on sourcing_decision from order_app;

-- Parcels decided for a place on a day (UTC).
create table sourcing_load (
  tenant   text not null,
  day      date not null,
  location text not null,
  parcels  int not null,
  primary key (tenant, day, location)
) with (fillfactor = 70);

-- What a rule would have done. after: the last order looked at, from the latest backwards; totals as JSON.
create table sourcing_simulation (
  simulation_id text primary key,
  tenant        text not null,
  channel       text not null,
  rule          text not null,
  orders        int not null,
  state         text not null check (state in ('running', 'done')),
  done          int not null,
  after         text not null,
  totals        text not null,
  asked_by      text not null,
  asked_at      timestamptz not null,
  finished_at   timestamptz
);
create index sourcing_simulation_running on sourcing_simulation (simulation_id) where state = 'running';

create table sourcing_simulation_order (
  simulation_id text not null references sourcing_simulation,
  position      int not null,
  order_id      text not null,
  changed       boolean not null,
  outcome       text not null,
  primary key (simulation_id, position)
);
