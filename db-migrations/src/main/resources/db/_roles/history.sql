-- Run as ${module}_owner after each migration: the application reads what was applied and cannot change it.
revoke all on ${schema}.flyway_schema_history from ${module}_app;
grant select on ${schema}.flyway_schema_history to ${module}_app;
