insert into incoming
select o.*,
    hash_record_extended(row(o.ad_org_id, o.issotrx, o.c_doctype_id, o.doctypename, o.c_currency_id, o.m_pricelist_id,
        o.c_ordersource_id, o.c_ordersourcevalue, o.c_paymentterm_id, o.paymenttermvalue, o.m_warehouse_id), 0),
    hash_record_extended(row(o.c_bpartner_id, o.ad_user_id, o.billto_id, o.c_bpartner_location_id, o.email, o.contactname,
        o.bpartnervalue, o.name, o.address1, o.address2, o.city, o.postal, o.c_region_id, o.regionname, o.c_country_id,
        o.countrycode), 0)
from picked p join i_order o using (i_order_id)
where p.complete
