-- Up to where hops were sent to the collector of traces, and by whom. One row.
create table trace_export (
  exported_to   timestamptz not null,
  claimed_by    text not null,
  claimed_until timestamptz not null
);
insert into trace_export (exported_to, claimed_by, claimed_until) values (now(), '', now());
