-- Rows without error become documents, in the order of partner, bill-to, ship-to and key; a new one begins whenever one of
-- these, the number or the document type differs from the row before. Rows in error are not looked at: their document is made
-- without them.
insert into line (i_order_id, document, line, c_orderline_id)
select i_order_id, document, row_number() over (partition by document order by i_order_id) * 10, nextval('c_orderline_sq')
from (
    select i_order_id, sum(starts) over (order by c_bpartner_id, billto_id, c_bpartner_location_id, i_order_id) as document
    from (
        select i_order_id, c_bpartner_id, billto_id, c_bpartner_location_id,
            case when c_bpartner_id = lag(c_bpartner_id) over sorted and billto_id = lag(billto_id) over sorted
                and c_bpartner_location_id = lag(c_bpartner_location_id) over sorted
                and coalesce(documentno, '') = lag(coalesce(documentno, '')) over sorted
                and c_doctype_id = lag(c_doctype_id) over sorted then 0 else 1 end as starts
        from resolved where error = ''
        window sorted as (order by c_bpartner_id, billto_id, c_bpartner_location_id, i_order_id)) s) g
--------
insert into document (document, c_order_id, first_row, totallines, grandtotal)
select document, nextval('c_order_sq'), min(first_row), sum(net), sum(net + tax)
from (
    select l.document, min(l.i_order_id) as first_row, sum(r.net) as net,
        case when r.istaxincluded = 'Y' or r.rate = 0 then 0
            else round(sum(r.net) * r.rate / 100, min(r.stdprecision)) end as tax
    from line l join resolved r using (i_order_id)
    group by l.document, r.c_tax_id, r.rate, r.istaxincluded) t
group by document
--------
insert into c_order (c_order_id, ad_client_id, ad_org_id, documentno, issotrx, c_doctypetarget_id, description, dateordered,
    dateacct, c_bpartner_id, c_bpartner_location_id, bill_bpartner_id, bill_location_id, ad_user_id, salesrep_id,
    c_currency_id, m_pricelist_id, c_paymentterm_id, m_warehouse_id, m_shipper_id, deliveryrule, c_ordersource_id,
    ad_orgtrx_id, c_activity_id, c_campaign_id, c_project_id, totallines, grandtotal)
select d.c_order_id, :client, s.ad_org_id, coalesce(i.documentno, nextval('c_order_documentno_sq')::text), s.issotrx,
    s.c_doctype_id, i.description, coalesce(i.dateordered, localtimestamp), coalesce(i.dateacct, i.dateordered, localtimestamp),
    r.c_bpartner_id, r.c_bpartner_location_id, r.c_bpartner_id, r.billto_id, r.ad_user_id, i.salesrep_id, s.c_currency_id,
    s.m_pricelist_id, s.c_paymentterm_id, s.m_warehouse_id, i.m_shipper_id, i.deliveryrule, s.c_ordersource_id,
    i.ad_orgtrx_id, i.c_activity_id, i.c_campaign_id, i.c_project_id, d.totallines, d.grandtotal
from document d
join resolved r on r.i_order_id = d.first_row
join incoming i on i.i_order_id = d.first_row
join setup s on s.setup_key = r.setup_key
--------
insert into c_orderline (c_orderline_id, ad_client_id, ad_org_id, c_order_id, line, c_bpartner_id, c_bpartner_location_id,
    m_product_id, c_charge_id, c_uom_id, description, c_tax_id, qtyentered, qtyordered, priceentered, priceactual, linenetamt,
    freightamt)
select l.c_orderline_id, :client, s.ad_org_id, d.c_order_id, l.line, r.c_bpartner_id, r.c_bpartner_location_id,
    r.m_product_id, r.c_charge_id, i.c_uom_id, i.linedescription, r.c_tax_id, coalesce(r.qty, 0), coalesce(r.qty, 0), r.price,
    r.price, r.net, coalesce(i.freightamt, 0)
from line l
join document d using (document)
join resolved r using (i_order_id)
join incoming i using (i_order_id)
join setup s on s.setup_key = r.setup_key
--------
update i_order o set
    ad_client_id = :client, ad_org_id = s.ad_org_id, isactive = coalesce(o.isactive, 'Y'),
    created = coalesce(o.created, localtimestamp), createdby = coalesce(o.createdby, 0), updated = localtimestamp,
    updatedby = coalesce(o.updatedby, 0),
    c_doctype_id = s.c_doctype_id, issotrx = s.issotrx, m_pricelist_id = s.m_pricelist_id,
    c_ordersource_id = s.c_ordersource_id, c_paymentterm_id = s.c_paymentterm_id, m_warehouse_id = s.m_warehouse_id,
    bpartnervalue = i.bpartnervalue, name = i.name,
    c_bpartner_id = r.c_bpartner_id, ad_user_id = r.ad_user_id, billto_id = r.billto_id,
    c_bpartner_location_id = r.c_bpartner_location_id, c_location_id = r.c_location_id, c_country_id = r.c_country_id,
    c_region_id = r.c_region_id, m_product_id = r.m_product_id, c_charge_id = r.c_charge_id,
    c_tax_id = case when l.i_order_id is null then o.c_tax_id else r.c_tax_id end,
    c_order_id = d.c_order_id, c_orderline_id = l.c_orderline_id,
    i_isimported = case when l.i_order_id is null then :errorFlag else 'Y' end,
    processed = case when l.i_order_id is null then 'N' else 'Y' end,
    i_errormsg = case when l.i_order_id is null then left(r.error, 2000) else ' ' end
from resolved r
join incoming i using (i_order_id)
join setup s on s.setup_key = r.setup_key
left join line l using (i_order_id)
left join document d using (document)
where o.i_order_id = r.i_order_id
    and not (o.i_isimported = :errorFlag and l.i_order_id is null and o.i_errormsg is not distinct from left(r.error, 2000))
