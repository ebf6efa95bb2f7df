-- How a place sends goods, as JSON; null where nobody said. A supplier is a place too. Who sells on a channel.
alter table location add column fulfilment text;
alter table location drop constraint location_kind_check;
alter table location add constraint location_kind_check
  check (kind in ('store', 'distribution-centre', 'third-party', 'drop-ship', 'supplier'));

alter table sales_account add column brand text check (length(brand) between 1 and 40);
alter table sales_account add column legal_entity text check (length(legal_entity) between 1 and 40);
