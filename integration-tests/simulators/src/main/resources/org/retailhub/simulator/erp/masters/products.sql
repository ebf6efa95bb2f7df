insert into m_product (value, name, upc, sku, isactive, ad_client_id)
select distinct on (value) value, coalesce(name, value), upc, sku, case when active is false then 'N' else 'Y' end, :client
from jsonb_to_recordset(:json::jsonb) as p (value text, name text, upc text, sku text, active boolean)
on conflict (value, ad_client_id) do update set name = excluded.name, upc = coalesce(excluded.upc, m_product.upc),
    sku = coalesce(excluded.sku, m_product.sku), isactive = excluded.isactive, updated = localtimestamp
--------
insert into m_productprice (m_pricelist_id, m_product_id, pricestd)
select distinct on (l.m_pricelist_id, m.m_product_id) l.m_pricelist_id, m.m_product_id, price.value::numeric
from jsonb_to_recordset(:json::jsonb) as p (value text, prices jsonb)
join m_product m on m.value = p.value and m.ad_client_id = :client
cross join lateral jsonb_each_text(p.prices) as price
join c_currency c on c.iso_code = price.key
join m_pricelist l on l.c_currency_id = c.c_currency_id and l.issopricelist = 'Y' and l.isdefault = 'Y'
on conflict (m_pricelist_id, m_product_id) do update set pricestd = excluded.pricestd
