-- Partners, the tenants whose data they may see, and the keys they call with.

create table tenant (
  tenant_id  text primary key check (tenant_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  created_at timestamptz not null
);

create table partner (
  partner_id text primary key check (partner_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  tenant     text not null references tenant,
  name       text not null check (length(name) between 1 and 200),
  created_at timestamptz not null
);

-- partner_id is null for operators' credentials; their tenant is '*'.
create table credential (
  credential_id text primary key,
  key_sha256    bytea not null unique check (length(key_sha256) = 32),
  partner_id    text references partner,
  tenant        text not null,
  scopes        text[] not null check (cardinality(scopes) > 0),
  channels      text[] not null,
  name          text not null,
  created_at    timestamptz not null,
  revoked_at    timestamptz
);

-- One live key per name: a lost answer to "issue" shows as a conflict, not as a second key that nobody knows.
create unique index credential_live_name on credential (partner_id, name) where revoked_at is null;
