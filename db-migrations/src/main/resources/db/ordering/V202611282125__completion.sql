-- What an order is completed with before its stock is held: the customer, and which rule says how it is taxed. The document itself stays as
-- the channel told it.

-- A tenant's rules of tax that hold now, as one document; the first that fits decides.
create table tax_rules (
  tenant   text primary key,
  version  bigint not null,
  document text not null,
  set_at   timestamptz not null
);

-- The same, each version, and who set it. Appended, never changed.
create table tax_rules_version (
  tenant   text not null,
  version  bigint not null,
  document text not null,
  set_at   timestamptz not null,
  set_by   text not null,
  primary key (tenant, version)
);
revoke update, delete on tax_rules_version from order_app;

-- Of the revision that was completed last. tax_rule: null if none fitted.
create table order_completion (
  order_id      text primary key references orders,
  revision      int not null,
  customer_id   text,
  erp_partner   text,
  legal_entity  text,
  facilitator   boolean not null,
  rules_version bigint not null,
  tax_rule      text,
  tax_code      text,
  tax_rate      numeric,
  collected_by  text not null check (collected_by in ('seller', 'marketplace', 'unknown')),
  completed_at  timestamptz not null
);
