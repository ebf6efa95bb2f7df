-- Run as superuser in the database of the local ERP. adempiere owns the ERP's tables, retailhub_if is the hub's interface user:
-- the ERP grants it what its contract needs.
do $$ begin
  if not exists (select from pg_roles where rolname = 'adempiere') then
    create role adempiere;
  end if;
  if not exists (select from pg_roles where rolname = 'retailhub_if') then
    create role retailhub_if;
  end if;
end $$;
alter role adempiere with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '${owner_password}';
alter role retailhub_if with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '${app_password}';
alter role adempiere in database "${database}" set search_path = adempiere;
alter role retailhub_if in database "${database}" set search_path = adempiere;

revoke all on database "${database}" from public;
grant connect on database "${database}" to adempiere, retailhub_if;
-- The ERP's own jobs keep their working sets in temporary tables.
grant temporary on database "${database}" to adempiere;

create schema if not exists adempiere authorization adempiere;
grant usage on schema adempiere to retailhub_if;
revoke all on schema public from public;
