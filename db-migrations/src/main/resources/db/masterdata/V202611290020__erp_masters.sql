-- What each of an ERP's masters says, by the number of the message that said it. hub_key: under which key of ours it is known; value: the
-- ERP's search key; rate in percent.
create table erp_master (
  tenant      text not null,
  target      text not null,
  kind        text not null check (kind in ('item', 'customer', 'location', 'tax-code')),
  erp_id      text not null,
  hub_key     text not null,
  value       text not null,
  name        text,
  rate        numeric(9, 4),
  active      boolean not null,
  sequence    bigint not null,
  erp_updated timestamptz not null,
  applied_at  timestamptz not null,
  primary key (tenant, target, kind, erp_id)
) with (fillfactor = 80);
create index erp_master_hub_key on erp_master (tenant, kind, hub_key);

-- What of ours an ERP's master is booked under.
create index product_erp_item on product (tenant, erp_item);
create index customer_erp_partner on customer (tenant, erp_partner) where erp_partner is not null;
