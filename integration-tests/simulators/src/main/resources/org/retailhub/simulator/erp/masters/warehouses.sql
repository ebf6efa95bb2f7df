insert into m_warehouse (value, name, isactive, ad_org_id, ad_client_id)
select distinct on (value) value, coalesce(name, value), case when active is false then 'N' else 'Y' end, 11, :client
from jsonb_to_recordset(:json::jsonb) as w (value text, name text, active boolean)
on conflict (value, ad_client_id) do update set name = excluded.name, isactive = excluded.isactive, updated = localtimestamp
--------
insert into m_locator (value, m_warehouse_id, isdefault, ad_client_id)
select distinct w.value, h.m_warehouse_id, 'Y', :client
from jsonb_to_recordset(:json::jsonb) as w (value text)
join m_warehouse h on h.value = w.value and h.ad_client_id = :client
on conflict (value, ad_client_id) do nothing
