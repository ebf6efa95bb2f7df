-- One row each: its product or charge, its tax, its money, and everything that is wrong with it.
insert into resolved
select i.i_order_id, i.documentno, i.setup_key, s.c_doctype_id, s.stdprecision, s.istaxincluded,
    p.c_bpartner_id, false, p.ad_user_id, p.billto_id, p.c_bpartner_location_id, i.c_location_id, p.c_country_id,
    p.c_region_id, item.m_product_id, fee.c_charge_id, coalesce(tax.c_tax_id, standard.c_tax_id),
    coalesce(tax.rate, standard.rate, 0), i.qtyordered, price.amount,
    round(coalesce(i.qtyordered, 0) * price.amount, s.stdprecision),
    concat(s.error, p.error,
        case when item.m_product_id is null and coalesce(i.productvalue, i.upc, i.sku) is not null
            then 'ERR=Invalid Product, ' end,
        case when fee.c_charge_id is null and i.chargename is not null then 'ERR=Invalid Charge, ' end,
        case when item.m_product_id is not null and fee.c_charge_id is not null then 'ERR=Product and Charge, ' end,
        case when tax.c_tax_id is null and i.taxindicator is not null then 'ERR=No Tax, ' end,
        (select string_agg('ERR=' || r.error || ', ', '' order by r.error)
            from unnest(:rejectMatch::text[], :rejectError::text[]) as r (match, error)
            where :rejects and r.match in (i.productvalue, i.upc, i.sku, i.chargename, i.bpartnervalue, i.email, i.documentno)))
from incoming i
join setup s on s.setup_key = i.setup_key
join partner p on p.partner_key = i.partner_key
left join m_product v on v.value = i.productvalue and v.ad_client_id = :client and i.m_product_id is null
left join c_charge c on c.name = i.chargename and c.ad_client_id = :client
cross join lateral (
    select coalesce(i.m_product_id, v.m_product_id,
        case when i.upc is not null then
            (select max(u.m_product_id) from m_product u where u.upc = i.upc and u.ad_client_id = :client) end,
        case when i.sku is not null then
            (select max(u.m_product_id) from m_product u where u.sku = i.sku and u.ad_client_id = :client) end
        ) as m_product_id offset 0) item
cross join lateral (select coalesce(i.c_charge_id, c.c_charge_id) as c_charge_id) fee
left join lateral (
    select t.c_tax_id, t.rate from c_tax t
    where coalesce(i.c_tax_id::text, i.taxindicator) is not null
        and case when i.c_tax_id is not null then t.c_tax_id = i.c_tax_id
            else t.taxindicator = i.taxindicator and t.ad_client_id = :client end
    order by t.c_tax_id desc limit 1) tax on true
left join (select c_tax_id, rate from c_tax where isdefault = 'Y' and ad_client_id = :client
    order by c_tax_id desc limit 1) standard on true
cross join lateral (
    select case when coalesce(i.priceactual, 0) <> 0 then i.priceactual
        else coalesce((select pp.pricestd from m_productprice pp
            where pp.m_pricelist_id = s.m_pricelist_id and pp.m_product_id = item.m_product_id), 0) end as amount) price
