-- Finding messages that were removed from a queue and that no later one of their key makes missed (ADR 0009).

-- The transaction that logged the message: what a census counts up to, without skipping a row that commits late.
alter table sent_message add column sent_xid bigint not null default 0;
create index sent_message_xid on sent_message using brin (sent_xid) with (pages_per_range = 32, autosummarize = on);

-- Up to which transaction the sent messages were counted. One row.
create table census (
  counted_to bigint not null
);
insert into census (counted_to) values (1);

-- Numbers that their sender counted and that have not come, though everything sent before the count has. Gone when they come.
create table overdue_message (
  queue text not null,
  business_key text not null,
  sequence bigint not null,
  noticed_at timestamptz not null,
  primary key (queue, business_key)
);
