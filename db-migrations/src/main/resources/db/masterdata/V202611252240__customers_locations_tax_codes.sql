-- Customers, places and tax codes; how a tenant's personal data are kept; who changed what.

-- A tenant without a row keeps them readable.
create table personal_data_mode (
  tenant text primary key,
  mode   text not null check (mode in ('readable', 'hash-only')),
  set_at timestamptz not null,
  set_by text not null
);

-- Personal are the columns from name to country and the two hashes: keyed, of the comparable form, for look-up only. After an erasure
-- none of them is left; the row stays, since orders and postings name it.
create table customer (
  tenant      text not null,
  customer_id text not null check (length(customer_id) between 1 and 64),
  erp_partner text check (length(erp_partner) between 1 and 40),
  active      boolean not null,
  block       text check (block in ('credit-stop', 'credit-hold', 'fraud', 'sanctions', 'other')),
  name        text,
  email       text,
  phone       text,
  tax_id      text,
  line1       text,
  line2       text,
  city        text,
  postal_code text,
  region      text,
  country     text,
  email_hash  bytea check (length(email_hash) = 32),
  phone_hash  bytea check (length(phone_hash) = 32),
  erased_at   timestamptz,
  version     bigint not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (tenant, customer_id),
  check (erased_at is null or (name is null and email is null and phone is null and tax_id is null and line1 is null
    and line2 is null and city is null and postal_code is null and region is null and country is null
    and email_hash is null and phone_hash is null))
);
create index customer_email on customer (email_hash, tenant) where email_hash is not null;
create index customer_phone on customer (phone_hash, tenant) where phone_hash is not null;

-- That it was done, when, by whom and why: what a supervisory authority asks for. Never changed.
create table customer_erasure (
  tenant      text not null,
  customer_id text not null,
  erased_at   timestamptz not null,
  erased_by   text not null,
  reason      text not null,
  primary key (tenant, customer_id),
  foreign key (tenant, customer_id) references customer
);
revoke update, delete, truncate on customer_erasure from masterdata_app;

create table location (
  tenant        text not null,
  location_id   text not null check (length(location_id) between 1 and 64),
  kind          text not null check (kind in ('store', 'distribution-centre', 'third-party', 'drop-ship')),
  name          text not null check (length(name) between 1 and 255),
  legal_entity  text check (length(legal_entity) between 1 and 40),
  erp_warehouse text check (length(erp_warehouse) between 1 and 40),
  line1         text,
  city          text,
  postal_code   text,
  region        text,
  country       text,
  latitude      numeric(8, 5) check (latitude between -90 and 90),
  longitude     numeric(8, 5) check (longitude between -180 and 180),
  active        boolean not null,
  version       bigint not null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  primary key (tenant, location_id)
);

-- rate in percent.
create table tax_code (
  tenant      text not null,
  tax_code    text not null check (length(tax_code) between 1 and 60),
  name        text not null check (length(name) between 1 and 255),
  rate        numeric(9, 4) not null check (rate between 0 and 1000),
  country     text,
  region      text,
  erp_tax     text check (length(erp_tax) between 1 and 60),
  valid_from  date,
  active      boolean not null,
  version     bigint not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (tenant, tax_code)
);

-- Appended in the transaction of the deed, never changed. detail names fields, never what is in them.
create table audit_entry (
  entry_id text primary key,
  acted_at timestamptz not null,
  actor    text not null,
  tenant   text not null,
  action   text not null,
  subject  text not null,
  detail   text not null
);
create index audit_entry_subject on audit_entry (tenant, subject, entry_id);
revoke update, delete, truncate on audit_entry from masterdata_app;
