-- Rows that wait, by key, locked; what somebody else holds is left for a later run.
insert into stock_picked
select i_inventory_id from i_inventory
where i_isimported <> 'Y' and i_inventory_id > :after and coalesce(ad_client_id, :client) = :client
order by i_inventory_id limit :limit for update skip locked
--------
-- Keys resolved in a set, reasons collected in the order in which the ERP looks.
insert into stock_row
select i.i_inventory_id, org.ad_org_id, doctype.c_doctype_id, locator.m_locator_id, house.m_warehouse_id, item.m_product_id,
    fee.c_charge_id, coalesce(i.movementdate, localtimestamp)::date, coalesce(i.qtyinternaluse, 0) <> 0, coalesce(i.qtybook, 0),
    coalesce(i.qtycount, 0), coalesce(i.qtyinternaluse, 0), i.description,
    concat(
        case when not exists (select 1 from ad_org a where a.ad_org_id = org.ad_org_id and a.ad_org_id <> 0
            and a.issummary = 'N' and a.isactive = 'Y') then 'ERR=Invalid Org, ' end,
        case when doctype.c_doctype_id is null and i.doctypename is not null then 'ERR=Invalid DocType, ' end,
        case when locator.m_locator_id is null then 'ERR=No Location, ' end,
        case when house.m_warehouse_id is null then 'ERR=No Warehouse, ' end,
        case when item.m_product_id is null then 'ERR=No Product, ' end,
        case when fee.c_charge_id is null and i.chargename is not null then 'ERR=Invalid Charge, ' end,
        case when i.qtycount is null and i.qtyinternaluse is null then 'ERR=No Qty Count or Internal Use, ' end,
        case when coalesce(i.qtyinternaluse, 0) <> 0 and (coalesce(i.qtycount, 0) <> 0 or coalesce(i.qtybook, 0) <> 0)
            then 'ERR=Excluding quantities, ' end,
        case when coalesce(i.qtyinternaluse, 0) <> 0 and coalesce(fee.c_charge_id, 0) = 0 then 'ERR=Required charge, ' end,
        (select string_agg('ERR=' || r.error || ', ', '') from unnest(:rejectMatch::text[], :rejectError::text[]) as r (match, error)
            where :rejects and r.match in (i.value, i.upc, i.locatorvalue, i.chargename)))
from stock_picked p
join i_inventory i using (i_inventory_id)
cross join lateral (select coalesce(nullif(i.ad_org_id, 0), :org) as ad_org_id) org
cross join lateral (
    select coalesce(i.c_doctype_id, (select max(d.c_doctype_id) from c_doctype d
        where d.name = i.doctypename and d.docbasetype = 'MMI' and d.ad_client_id = :client)) as c_doctype_id offset 0) doctype
cross join lateral (
    select coalesce(i.m_locator_id,
        (select max(l.m_locator_id) from m_locator l where l.value = i.locatorvalue and l.ad_client_id = :client),
        (select max(l.m_locator_id) from m_locator l
            where l.x = i.x and l.y = i.y and l.z = i.z and l.ad_client_id = :client)) as m_locator_id offset 0) locator
left join m_locator house on house.m_locator_id = locator.m_locator_id
cross join lateral (
    select coalesce(i.m_product_id,
        (select max(m.m_product_id) from m_product m where m.value = i.value and m.ad_client_id = :client),
        case when i.upc is not null then
            (select max(m.m_product_id) from m_product m where m.upc = i.upc and m.ad_client_id = :client) end
        ) as m_product_id offset 0) item
cross join lateral (
    select coalesce(i.c_charge_id,
        (select max(c.c_charge_id) from c_charge c where c.name = i.chargename and c.ad_client_id = :client)) as c_charge_id
    offset 0) fee
--------
-- A new document begins whenever warehouse, day, type, or what is done (count or internal use) differs from the row before.
insert into stock_line
select i_inventory_id, document, row_number() over (partition by document order by i_inventory_id) * 10,
    nextval('m_inventoryline_sq')
from (
    select i_inventory_id, sum(starts) over (order by m_warehouse_id, movementdate, i_inventory_id) as document
    from (
        select i_inventory_id, m_warehouse_id, movementdate,
            case when m_warehouse_id = lag(m_warehouse_id) over sorted and movementdate = lag(movementdate) over sorted
                and c_doctype_id is not distinct from lag(c_doctype_id) over sorted and internal = lag(internal) over sorted
                then 0 else 1 end as starts
        from stock_row where error = ''
        window sorted as (order by m_warehouse_id, movementdate, i_inventory_id)) s) g
--------
insert into stock_document
select document, nextval('m_inventory_sq'), min(i_inventory_id) from stock_line group by document
--------
insert into m_inventory (m_inventory_id, documentno, c_doctype_id, description, m_warehouse_id, movementdate, ad_org_id, ad_client_id)
select d.m_inventory_id, nextval('m_inventory_documentno_sq')::text, r.c_doctype_id,
    'I ' || r.m_warehouse_id || ' ' || r.movementdate || ' 00:00:00.0', r.m_warehouse_id, r.movementdate, r.ad_org_id, :client
from stock_document d join stock_row r on r.i_inventory_id = d.first_row
--------
insert into m_inventoryline (m_inventoryline_id, m_inventory_id, line, m_locator_id, m_product_id, c_charge_id, qtybook, qtycount,
    qtyinternaluse, description, ad_client_id)
select l.m_inventoryline_id, d.m_inventory_id, l.line, r.m_locator_id, r.m_product_id, r.c_charge_id,
    case when r.internal then 0 else coalesce(s.qtyonhand, 0) end, case when r.internal then 0 else r.qtycount end,
    r.qtyinternaluse, r.description, :client
from stock_line l
join stock_document d using (document)
join stock_row r using (i_inventory_id)
left join m_storageonhand s on s.m_locator_id = r.m_locator_id and s.m_product_id = r.m_product_id
--------
-- The document is completed at once: internal use takes away, a count says what is there.
insert into m_storageonhand (m_locator_id, m_product_id, qtyonhand)
select m_locator_id, m_product_id, sum(change) from (
    select r.m_locator_id, r.m_product_id, case when r.internal then -r.qtyinternaluse else il.qtycount - il.qtybook end as change
    from stock_line l join stock_row r using (i_inventory_id)
    join m_inventoryline il on il.m_inventoryline_id = l.m_inventoryline_id) c
group by m_locator_id, m_product_id
on conflict (m_locator_id, m_product_id) do update set qtyonhand = m_storageonhand.qtyonhand + excluded.qtyonhand
--------
update i_inventory i set
    ad_client_id = :client, ad_org_id = r.ad_org_id, isactive = coalesce(i.isactive, 'Y'),
    created = coalesce(i.created, localtimestamp), createdby = coalesce(i.createdby, 0), updated = localtimestamp,
    updatedby = coalesce(i.updatedby, 0), c_doctype_id = r.c_doctype_id, m_locator_id = r.m_locator_id,
    m_warehouse_id = r.m_warehouse_id, m_product_id = r.m_product_id, c_charge_id = r.c_charge_id,
    m_inventory_id = d.m_inventory_id, m_inventoryline_id = l.m_inventoryline_id,
    i_isimported = case when l.i_inventory_id is null then :errorFlag else 'Y' end,
    processed = case when l.i_inventory_id is null then 'N' else 'Y' end,
    i_errormsg = case when l.i_inventory_id is null then left(r.error, 2000) else ' ' end
from stock_row r
left join stock_line l using (i_inventory_id)
left join stock_document d using (document)
where i.i_inventory_id = r.i_inventory_id
    and not (i.i_isimported = :errorFlag and l.i_inventory_id is null and i.i_errormsg is not distinct from left(r.error, 2000))
