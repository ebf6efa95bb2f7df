insert into c_tax (name, taxindicator, rate, isactive, ad_client_id)
select distinct on (name) name, indicator, coalesce(rate, 0), case when active is false then 'N' else 'Y' end, :client
from jsonb_to_recordset(:json::jsonb) as t (name text, indicator text, rate numeric, active boolean)
on conflict (name, ad_client_id) do update set taxindicator = excluded.taxindicator, rate = excluded.rate,
    isactive = excluded.isactive, updated = localtimestamp
