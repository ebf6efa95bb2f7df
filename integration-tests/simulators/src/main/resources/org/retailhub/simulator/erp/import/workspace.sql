-- The import's scratch pad: temporary, emptied at each commit, filled with one batch at a time.
create temporary table picked (
    i_order_id numeric(10) primary key, document text collate "C", complete boolean) on commit delete rows;

create temporary table incoming (
    like i_order, setup_key text collate "C", partner_key text collate "C") on commit delete rows;

create temporary table setup (
    setup_key text collate "C" primary key, ad_org_id numeric(10), c_doctype_id numeric(10), issotrx char(1), m_pricelist_id numeric(10),
    c_currency_id numeric(10), stdprecision int, istaxincluded char(1), c_ordersource_id numeric(10),
    c_paymentterm_id numeric(10), m_warehouse_id numeric(10), error text) on commit delete rows;

create temporary table partner (
    partner_key text collate "C" primary key, c_bpartner_id numeric(10), ad_user_id numeric(10), billto_id numeric(10),
    c_bpartner_location_id numeric(10), c_country_id numeric(10), c_region_id numeric(10), regionname varchar(60),
    error text) on commit delete rows;

create temporary table resolved (
    i_order_id numeric(10) primary key, documentno varchar(30), setup_key text collate "C", c_doctype_id numeric(10), stdprecision int,
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
    i_order_id numeric(10) primary key, document bigint, line int, c_orderline_id numeric(10)) on commit delete rows;

create temporary table document (
    document bigint primary key, c_order_id numeric(10), first_row numeric(10), totallines numeric, grandtotal numeric)
    on commit delete rows;
