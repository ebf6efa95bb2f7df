-- What webhooks lose is found by asking the channel: everything changed up to the watermark has been seen.

-- due_at is also a claim: whoever works on a connection moves it ahead, so that nobody else does.
create table sweep (
  connection text primary key references connection,
  watermark  timestamptz not null,
  due_at     timestamptz not null,
  asked_at   timestamptz,
  failures   int not null default 0,
  last_error text
) with (fillfactor = 50);

insert into sweep (connection, watermark, due_at) select code, created_at, now() from connection;

-- Documents of which only a part came; the payload that did is settled when the whole is here, or known to be gone.
create table wanted (
  connection text not null references connection,
  document   text not null,
  payload_id text not null references payload,
  wanted_at  timestamptz not null,
  primary key (connection, document)
);
