-- Payloads that were stored while the message broker did not answer: nobody knows of them but this list. Empty in good times.
create table unannounced (
  payload_id text primary key references payload
) with (fillfactor = 50);
