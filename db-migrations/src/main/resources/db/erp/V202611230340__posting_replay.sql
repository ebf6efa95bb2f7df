-- told: the last verdict told about the posting's version. replay_until: messages up to this number come again, because the ERP
-- has lost them (0: none).
alter table posting add column told text, add column replay_until bigint not null default 0;
