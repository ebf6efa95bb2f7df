-- The hub's companion in the ERP's database: one row per message that was posted, written in the transaction that writes the
-- interface rows. It keeps a posting from being made twice after either side was restored. A real installation creates it too.
create table if not exists rh_posting (
    message_id text primary key,
    business_key text not null,
    sequence bigint not null,
    serial bigint generated always as identity,
    posted_at timestamptz not null default clock_timestamp()
);
