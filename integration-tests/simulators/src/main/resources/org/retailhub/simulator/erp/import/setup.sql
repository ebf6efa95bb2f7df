-- What a document needs besides its partner: found once for each combination that occurs in the batch.
insert into setup
select i.setup_key, org.ad_org_id, doctype.c_doctype_id, trx.issotrx, list.m_pricelist_id, list.c_currency_id,
    coalesce((select c.stdprecision from c_currency c where c.c_currency_id = list.c_currency_id), 2), list.istaxincluded,
    source.c_ordersource_id, term.c_paymentterm_id, warehouse.m_warehouse_id,
    concat(
        case when not exists (select 1 from ad_org a where a.ad_org_id = org.ad_org_id and a.ad_org_id <> 0
            and a.issummary = 'N' and a.isactive = 'Y') then 'ERR=Invalid Org, ' end,
        case when named.c_doctype_id is null and i.doctypename is not null then 'ERR=Invalid DocTypeName, ' end,
        case when doctype.c_doctype_id is null then 'ERR=No DocType, ' end,
        case when list.m_pricelist_id is null then 'ERR=No PriceList, ' end,
        case when source.c_ordersource_id is null and i.c_ordersourcevalue is not null then 'ERR=Not Found Order Source, ' end,
        case when term.c_paymentterm_id is null then 'ERR=No PaymentTerm, ' end,
        case when warehouse.m_warehouse_id is null then 'ERR=No Warehouse, ' end)
from (
    select distinct on (setup_key) setup_key, ad_org_id, issotrx, c_doctype_id, doctypename, c_currency_id, m_pricelist_id,
        c_ordersource_id, c_ordersourcevalue, c_paymentterm_id, paymenttermvalue, m_warehouse_id
    from incoming order by setup_key) i
cross join lateral (select coalesce(i.ad_org_id, :org) as ad_org_id) org
cross join lateral (
    select coalesce(i.c_doctype_id, (
        select max(d.c_doctype_id) from c_doctype d
        where d.name = i.doctypename and d.ad_client_id = :client
            and d.docbasetype = any (case i.issotrx when 'Y' then '{SOO}' when 'N' then '{POO}' else '{SOO,POO}' end::text[])
        )) as c_doctype_id offset 0) named
cross join lateral (
    select coalesce(named.c_doctype_id, (
        select max(d.c_doctype_id) from c_doctype d
        where d.isdefault = 'Y' and d.ad_client_id = :client
            and d.docbasetype = case i.issotrx when 'N' then 'POO' else 'SOO' end)) as c_doctype_id offset 0) doctype
cross join lateral (
    select case coalesce((select d.docbasetype from c_doctype d where d.c_doctype_id = doctype.c_doctype_id), 'SOO')
        when 'POO' then 'N' else 'Y' end as issotrx offset 0) trx
left join lateral (
    select l.m_pricelist_id, l.c_currency_id, l.istaxincluded from m_pricelist l
    where case when i.m_pricelist_id is not null then l.m_pricelist_id = i.m_pricelist_id
        else l.ad_client_id = :client and l.isactive = 'Y' and l.issopricelist = trx.issotrx
            and (i.c_currency_id is null or l.c_currency_id = i.c_currency_id) end
    order by l.isdefault desc, l.m_pricelist_id desc limit 1) list on true
cross join lateral (
    select coalesce(i.c_ordersource_id, (
        select s.c_ordersource_id from c_ordersource s
        where s.value = i.c_ordersourcevalue and s.ad_client_id = :client)) as c_ordersource_id offset 0) source
cross join lateral (
    select coalesce(i.c_paymentterm_id, case when i.paymenttermvalue is not null
        then (select max(t.c_paymentterm_id) from c_paymentterm t
            where t.value = i.paymenttermvalue and t.ad_client_id = :client)
        else (select max(t.c_paymentterm_id) from c_paymentterm t
            where t.isdefault = 'Y' and t.ad_client_id = :client) end) as c_paymentterm_id offset 0) term
cross join lateral (
    select coalesce(i.m_warehouse_id,
        (select max(w.m_warehouse_id) from m_warehouse w where w.ad_client_id = :client and w.ad_org_id = org.ad_org_id),
        (select max(w.m_warehouse_id) from m_warehouse w where w.ad_client_id = :client having count(*) = 1)
        ) as m_warehouse_id offset 0) warehouse
