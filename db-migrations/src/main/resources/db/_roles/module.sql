-- Run as superuser in the hub's database, once per module and again after each change of a password: every statement can repeat.
-- ${module}_owner migrates the schema; ${module}_app has DML on it and nothing else, and finishes its own prepared branches.
do $$ begin
  if not exists (select from pg_roles where rolname = '${module}_owner') then
    create role ${module}_owner;
  end if;
  if not exists (select from pg_roles where rolname = '${module}_app') then
    create role ${module}_app;
  end if;
end $$;
alter role ${module}_owner with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '${owner_password}';
alter role ${module}_app with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '${app_password}';
alter role ${module}_owner set search_path = ${schema};
alter role ${module}_app set search_path = ${schema};

revoke all on database "${database}" from public;
grant connect on database "${database}" to ${module}_owner, ${module}_app;

create schema if not exists ${schema} authorization ${module}_owner;
revoke all on schema ${schema} from public;
grant usage on schema ${schema} to ${module}_app;
revoke all on schema public from public;

alter default privileges for role ${module}_owner revoke execute on functions from public;
alter default privileges for role ${module}_owner in schema ${schema} grant select, insert, update, delete on tables to ${module}_app;
alter default privileges for role ${module}_owner in schema ${schema} grant usage, select on sequences to ${module}_app;
alter default privileges for role ${module}_owner in schema ${schema} grant execute on functions to ${module}_app;
