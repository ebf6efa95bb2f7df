-- The import's scratch pad: temporary, emptied at each commit, filled with one batch at a time and read whole, so that an index would
-- only be written. setup_key and partner_key are hashes (64 bits) of what a row says of its document and of its partner.
create temporary table picked (
    i_order_id numeric(10), document text collate "C", complete boolean) on commit delete rows;

create temporary table incoming (
    like i_order, setup_key bigint, partner_key bigint) on commit delete rows;

create temporary table setup (
    setup_key bigint, ad_org_id numeric(10), c_doctype_id numeric(10), issotrx char(1), m_pricelist_id numeric(10),
    c_currency_id numeric(10), stdprecision int, istaxincluded char(1), c_ordersource_id numeric(10),
    c_paymentterm_id numeric(10), m_warehouse_id numeric(10), error text) on commit delete rows;

create temporary table partner (
    partner_key bigint, c_bpartner_id numeric(10), ad_user_id numeric(10), billto_id numeric(10),
    c_bpartner_location_id numeric(10), c_country_id numeric(10), c_region_id numeric(10), regionname varchar(60),
    error text) on commit delete rows;

create temporary table resolved (
    i_order_id numeric(10), documentno varchar(30), setup_key bigint, c_doctype_id numeric(10), stdprecision int,
    istaxincluded char(1),
    c_bpartner_id numeric(10), fresh boolean, ad_user_id numeric(10), billto_id numeric(10),
    c_bpartner_location_id numeric(10), c_location_id numeric(10), c_country_id numeric(10), c_region_id numeric(10),
    m_product_id numeric(10), c_charge_id numeric(10), c_tax_id numeric(10), rate numeric,
    qty numeric, price numeric, net numeric, error text) on commit delete rows;

create temporary table new_location (
    c_location_id numeric(10), c_bpartner_location_id numeric(10), c_bpartner_id numeric(10), address1 varchar(60),
    address2 varchar(60), city varchar(60), postal varchar(10), c_region_id numeric(10), c_country_id numeric(10))
    on commit delete rows;

create temporary table line (
    i_order_id numeric(10), document bigint, line int, c_orderline_id numeric(10)) on commit delete rows;

create temporary table document (
    document bigint, c_order_id numeric(10), first_row numeric(10), totallines numeric, grandtotal numeric)
    on commit delete rows;
