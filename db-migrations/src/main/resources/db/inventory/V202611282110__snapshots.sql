-- What others counted, where it differs from the ledger, and when feeds are expected to speak.

-- What a source says it has, as of a time. While it is being received it is nobody's; (tenant, source, source_key) is its natural key
-- from then on. done_line is the last line of the file whose count is in: it is moved in the transaction that takes the lines in, so no
-- line is taken twice whoever runs the job. execution_id is the job's; node and touched_at say where it runs.
create table snapshot (
  snapshot_id  text primary key,
  tenant       text not null,
  source       text not null,
  source_key   text not null,
  system       text not null check (system in ('wms', 'pos', '3pl', 'erp')),
  taken_at     timestamptz not null,
  format       text not null check (format in ('json', 'ndjson', 'csv')),
  columns      text not null,
  hash         text not null,
  bytes        bigint not null,
  state        text not null check (state in ('receiving', 'received', 'processing', 'done')),
  received_at  timestamptz not null,
  received_by  text not null,
  finished_at  timestamptz,
  lines        bigint not null,
  done_line    bigint not null,
  counted      bigint not null,
  faulty       bigint not null,
  matching     bigint not null,
  ignored      bigint not null,
  corrected    bigint not null,
  queued       bigint not null,
  superseded   bigint not null,
  execution_id bigint,
  node         text not null,
  touched_at   timestamptz not null,
  attempts     int not null,
  not_before   timestamptz not null,
  traceparent  text not null
) with (fillfactor = 70);
create unique index snapshot_source on snapshot (tenant, source, source_key) where state <> 'receiving';
create index snapshot_open on snapshot (received_at) where state in ('receiving', 'received', 'processing');

-- The lines as they came, whole ones, until they are all taken in.
create table snapshot_piece (
  snapshot_id text not null references snapshot on delete cascade,
  first_line  bigint not null,
  lines       int not null,
  content     bytea not null,
  primary key (snapshot_id, first_line)
);

-- Each position that a snapshot named, once; expected is what the ledger had of it at that time.
create table snapshot_count (
  snapshot_id text not null,
  sku         text not null,
  location    text not null,
  line        bigint not null,
  counted     numeric not null,
  expected    numeric not null,
  verdict     text not null check (verdict in ('matching', 'ignored', 'corrected', 'queued', 'superseded')),
  primary key (snapshot_id, sku, location)
);
revoke update, delete on snapshot_count from inventory_app;

-- What was wrong with a line; the rest of the snapshot goes on.
create table snapshot_fault (
  snapshot_id text not null,
  line        bigint not null,
  number      int not null,
  field       text not null,
  message     text not null,
  primary key (snapshot_id, line, number)
);
revoke update, delete on snapshot_fault from inventory_app;

-- Where a count and the ledger differ by more than is passed over. drift = counted - expected. corrected is what was booked for it.
create table drift (
  drift_id         text primary key,
  tenant           text not null,
  snapshot_id      text not null references snapshot,
  source           text not null,
  system           text not null,
  sku              text not null,
  location         text not null,
  unit             text not null,
  line             bigint not null,
  taken_at         timestamptz not null,
  counted          numeric not null,
  expected         numeric not null,
  state            text not null check (state in ('corrected', 'queued', 'accepted', 'rejected', 'superseded')),
  cause            text not null,
  cause_detail     text not null,
  cause_feed       text,
  cause_first      bigint,
  cause_last       bigint,
  cause_movements  bigint[] not null,
  noticed_at       timestamptz not null,
  decided_at       timestamptz,
  decided_by       text,
  reason           text,
  corrected        numeric not null,
  movement_number  bigint
) with (fillfactor = 80);
create index drift_state on drift (tenant, state, drift_id);
create index drift_snapshot on drift (snapshot_id, drift_id);
create index drift_queued on drift (tenant, sku, location) where state = 'queued';

-- How much of a difference is passed over and how much is corrected without a person. Empty: for any; the most particular one holds.
create table tolerance (
  tenant         text not null,
  source         text not null,
  location       text not null,
  sku_class      text not null,
  ignore_units   numeric not null check (ignore_units >= 0),
  ignore_percent numeric not null check (ignore_percent between 0 and 100),
  correct_units  numeric not null check (correct_units >= 0),
  set_at         timestamptz not null,
  primary key (tenant, source, location, sku_class)
);

-- How often a feed speaks if all is well, as operators say.
create table feed_expectation (
  tenant           text not null,
  feed             text not null,
  interval_seconds bigint not null check (interval_seconds > 0),
  set_at           timestamptz not null,
  primary key (tenant, feed)
);
-- Also when it told something again, or sent a snapshot.
alter table feed add column last_heard_at timestamptz;

-- The repository of Jakarta Batch, in the names of its implementation in the server, JBeret; nothing else reads it. It is here so that a
-- job's checkpoint commits with what the job did.
create table job_instance (
  jobinstanceid   bigserial primary key,
  version         integer,
  jobname         varchar(512),
  applicationname varchar(512)
);
create table job_execution (
  jobexecutionid  bigserial primary key,
  jobinstanceid   bigint not null references job_instance on delete cascade,
  version         integer,
  createtime      timestamptz,
  starttime       timestamptz,
  endtime         timestamptz,
  lastupdatedtime timestamptz,
  batchstatus     varchar(30),
  exitstatus      varchar(512),
  jobparameters   varchar(3000),
  restartposition varchar(255)
);
create index job_execution_instance on job_execution (jobinstanceid);
create table step_execution (
  stepexecutionid      bigserial primary key,
  jobexecutionid       bigint not null references job_execution on delete cascade,
  version              integer,
  stepname             varchar(255),
  starttime            timestamptz,
  endtime              timestamptz,
  batchstatus          varchar(30),
  exitstatus           varchar(512),
  executionexception   varchar(2048),
  persistentuserdata   bytea,
  readcount            integer,
  writecount           integer,
  commitcount          integer,
  rollbackcount        integer,
  readskipcount        integer,
  processskipcount     integer,
  filtercount          integer,
  writeskipcount       integer,
  readercheckpointinfo bytea,
  writercheckpointinfo bytea
) with (fillfactor = 50);
create index step_execution_job on step_execution (jobexecutionid);
create table partition_execution (
  partitionexecutionid integer not null,
  stepexecutionid      bigint not null references step_execution on delete cascade,
  version              integer,
  batchstatus          varchar(30),
  exitstatus           varchar(512),
  executionexception   varchar(2048),
  persistentuserdata   bytea,
  readercheckpointinfo bytea,
  writercheckpointinfo bytea,
  primary key (partitionexecutionid, stepexecutionid)
);
