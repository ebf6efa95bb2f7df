-- When a place is to be filled up again. low: what may be promised has fallen to the reorder point or below since it was last above it, and
-- that was told; signal_sequence is the number of the last message that told so. The positions' updates stay on their page: no index has
-- what they change.
alter table position add column reorder_point numeric check (reorder_point >= 0);
alter table position add column target numeric check (target >= reorder_point);
alter table position add column low boolean not null default false;
alter table position add column signal_sequence bigint not null default 0;
create index position_reorder on position (tenant, location, sku) where reorder_point is not null;

-- What they were, each time they were set; both null where they were taken away.
create table reorder_version (
  tenant        text not null,
  sku           text not null,
  location      text not null,
  version       bigint not null,
  reorder_point numeric,
  target        numeric,
  set_at        timestamptz not null,
  primary key (tenant, sku, location, version)
);
revoke update, delete on reorder_version from inventory_app;
