insert into c_charge (name, ad_client_id)
select distinct name, :client from jsonb_to_recordset(:json::jsonb) as c (name text)
on conflict (name, ad_client_id) do nothing
