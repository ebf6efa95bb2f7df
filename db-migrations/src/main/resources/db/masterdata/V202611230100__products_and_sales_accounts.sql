-- Products by the seller's own key, the other identifiers they are known by, and the ERP's account of each sales channel.

create table product (
  tenant     text not null,
  sku        text not null check (length(sku) between 1 and 64),
  erp_item   text not null check (length(erp_item) between 1 and 40),
  name       text not null check (length(name) between 1 and 255),
  active     boolean not null,
  version    bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant, sku)
);

-- comparable is the form by which identifiers of one kind compare (a GTIN with 14 digits); value is what was given. It leads the
-- key, so that a planner without statistics takes the other index for a question by product.
create table identifier (
  tenant     text not null,
  kind       text not null check (kind in ('gtin')),
  comparable text not null,
  value      text not null,
  sku        text not null,
  primary key (comparable, kind, tenant),
  foreign key (tenant, sku) references product
);

create index identifier_product on identifier (tenant, sku);

create table sales_account (
  tenant      text not null,
  channel     text not null check (length(channel) between 1 and 64),
  erp_partner text not null check (length(erp_partner) between 1 and 40),
  version     bigint not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (tenant, channel)
);
