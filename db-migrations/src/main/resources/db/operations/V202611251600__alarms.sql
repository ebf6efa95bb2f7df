-- What is wrong now, and what was. One open row per code and subject; it is closed when nobody sees it any more.
create table alarm (
  alarm_id   text primary key,
  code       text not null,
  subject    text not null,
  detail     text not null,
  raised_at  timestamptz not null,
  seen_at    timestamptz not null,
  cleared_at timestamptz
);
create unique index alarm_open on alarm (code, subject) where cleared_at is null;
create index alarm_raised on alarm (raised_at);
