-- Keys that end at a stated time, when a key was last used, and who did what to keys.

-- ends_at: a key that was rotated stays good until then. replaces: the credential that this one takes over from.
alter table credential
  add column ends_at timestamptz,
  add column last_used_at timestamptz,
  add column replaces text references credential;
create unique index credential_replaces on credential (replaces);

-- Still one live key per name, those that are on their way out aside.
drop index credential_live_name;
create unique index credential_live_name on credential (partner_id, name) where revoked_at is null and ends_at is null;

-- Appended in the transaction of the deed, never changed.
create table audit_entry (
  entry_id      text primary key,
  acted_at      timestamptz not null,
  actor         text not null,
  action        text not null,
  partner_id    text not null references partner,
  subject       text not null,
  detail        text not null
);
create index audit_entry_partner on audit_entry (partner_id, entry_id);
revoke update, delete on audit_entry from partner_app;
