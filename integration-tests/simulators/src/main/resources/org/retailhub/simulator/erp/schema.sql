-- The part of an iDempiere database that an order import touches, in the names and types that PostgreSQL gives them
-- (identifiers fold to lower case). Every statement may run again.

create sequence if not exists i_order_sq start 1000001;
create table if not exists i_order (
    i_order_id numeric(10) not null default nextval('i_order_sq') primary key,
    i_order_uu varchar(36),
    ad_client_id numeric(10),
    ad_org_id numeric(10),
    isactive char(1) default 'Y',
    created timestamp default localtimestamp,
    createdby numeric(10) default 0,
    updated timestamp default localtimestamp,
    updatedby numeric(10) default 0,
    ad_orgtrx_id numeric(10),
    ad_user_id numeric(10),
    address1 varchar(60),
    address2 varchar(60),
    bpartnervalue varchar(40),
    billto_id numeric(10),
    c_activity_id numeric(10),
    c_bpartner_id numeric(10),
    c_bpartner_location_id numeric(10),
    c_campaign_id numeric(10),
    c_charge_id numeric(10),
    c_country_id numeric(10),
    c_currency_id numeric(10),
    c_doctype_id numeric(10),
    c_location_id numeric(10),
    c_orderline_id numeric(10),
    c_ordersourcevalue varchar(40),
    c_ordersource_id numeric(10),
    c_order_id numeric(10),
    c_paymentterm_id numeric(10),
    c_project_id numeric(10),
    c_region_id numeric(10),
    c_tax_id numeric(10),
    c_uom_id numeric(10),
    chargename varchar(60),
    city varchar(60),
    contactname varchar(60),
    countrycode varchar(2),
    dateacct timestamp,
    dateordered timestamp,
    deliveryrule varchar(1),
    description varchar(255),
    doctypename varchar(60),
    documentno varchar(30),
    email varchar(60),
    freightamt numeric,
    i_errormsg varchar(2000),
    i_isimported char(1) not null default 'N',
    issotrx char(1) default 'Y',
    linedescription varchar(255),
    m_pricelist_id numeric(10),
    m_product_id numeric(10),
    m_shipper_id numeric(10),
    m_warehouse_id numeric(10),
    name varchar(60),
    paymenttermvalue varchar(40),
    phone varchar(40),
    postal varchar(10),
    priceactual numeric,
    processed char(1) not null default 'N',
    processing char(1),
    productvalue varchar(40),
    qtyordered numeric,
    regionname varchar(60),
    sku varchar(30),
    salesrep_id numeric(10),
    taxamt numeric,
    taxindicator varchar(5),
    upc varchar(30)
);
-- What the import looks for, and what clients look their document up by; nothing more, since each row is written twice.
create index if not exists i_order_waiting on i_order ((('.' || coalesce(documentno, '')) collate "C"))
    where i_isimported <> 'Y';
create index if not exists i_order_documentno on i_order (documentno);
alter table i_order set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 20000,
    autovacuum_vacuum_insert_scale_factor = 0.5, autovacuum_analyze_scale_factor = 0.2, autovacuum_vacuum_cost_delay = 5);

create sequence if not exists ad_org_sq start 1000001;
create table if not exists ad_org (
    ad_org_id numeric(10) not null default nextval('ad_org_sq') primary key,
    value varchar(40) not null,
    name varchar(60) not null,
    issummary char(1) not null default 'N',
    ad_client_id numeric(10) not null default 1000000,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create table if not exists ad_clientinfo (
    ad_client_id numeric(10) not null primary key,
    ad_org_id numeric(10) not null default 0,
    c_bpartnercashtrx_id numeric(10)
);
create sequence if not exists c_bpartner_sq start 1000001;
create table if not exists c_bpartner (
    c_bpartner_id numeric(10) not null default nextval('c_bpartner_sq') primary key,
    value varchar(40) not null,
    name varchar(120) not null,
    taxid varchar(20),
    iscustomer char(1) not null default 'Y',
    c_paymentterm_id numeric(10),
    m_pricelist_id numeric(10),
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create unique index if not exists c_bpartner_value on c_bpartner (value, ad_client_id);
create sequence if not exists c_country_sq start 1000001;
create table if not exists c_country (
    c_country_id numeric(10) not null default nextval('c_country_sq') primary key,
    countrycode char(2) not null unique,
    name varchar(60) not null,
    hasregion char(1) not null default 'N',
    isdefault char(1) not null default 'N',
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create sequence if not exists c_region_sq start 1000001;
create table if not exists c_region (
    c_region_id numeric(10) not null default nextval('c_region_sq') primary key,
    c_country_id numeric(10) not null,
    name varchar(60) not null,
    isdefault char(1) not null default 'N',
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create unique index if not exists c_region_name on c_region (c_country_id, name);
create sequence if not exists c_location_sq start 1000001;
create table if not exists c_location (
    c_location_id numeric(10) not null default nextval('c_location_sq') primary key,
    address1 varchar(60),
    address2 varchar(60),
    city varchar(60),
    postal varchar(10),
    regionname varchar(60),
    c_region_id numeric(10),
    c_country_id numeric(10) not null,
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create sequence if not exists c_bpartner_location_sq start 1000001;
create table if not exists c_bpartner_location (
    c_bpartner_location_id numeric(10) not null default nextval('c_bpartner_location_sq') primary key,
    c_bpartner_id numeric(10) not null,
    c_location_id numeric(10),
    name varchar(60) not null default '.',
    isbillto char(1) not null default 'Y',
    isshipto char(1) not null default 'Y',
    ispayfrom char(1) not null default 'Y',
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create index if not exists c_bpartner_location_partner on c_bpartner_location (c_bpartner_id);
create sequence if not exists ad_user_sq start 1000001;
create table if not exists ad_user (
    ad_user_id numeric(10) not null default nextval('ad_user_sq') primary key,
    name varchar(60) not null,
    email varchar(60),
    phone varchar(40),
    c_bpartner_id numeric(10),
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create index if not exists ad_user_email on ad_user (email);
create index if not exists ad_user_name on ad_user (name);
create index if not exists ad_user_partner on ad_user (c_bpartner_id);
create sequence if not exists m_product_sq start 1000001;
create table if not exists m_product (
    m_product_id numeric(10) not null default nextval('m_product_sq') primary key,
    value varchar(40) not null,
    name varchar(255) not null,
    upc varchar(30),
    sku varchar(30),
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create unique index if not exists m_product_value on m_product (value, ad_client_id);
create index if not exists m_product_upc on m_product (upc) where upc is not null;
create index if not exists m_product_sku on m_product (sku) where sku is not null;
create sequence if not exists c_charge_sq start 1000001;
create table if not exists c_charge (
    c_charge_id numeric(10) not null default nextval('c_charge_sq') primary key,
    name varchar(60) not null,
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create unique index if not exists c_charge_name on c_charge (name, ad_client_id);
create sequence if not exists c_currency_sq start 1000001;
create table if not exists c_currency (
    c_currency_id numeric(10) not null default nextval('c_currency_sq') primary key,
    iso_code char(3) not null unique,
    stdprecision numeric(10) not null default 2,
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create sequence if not exists m_pricelist_sq start 1000001;
create table if not exists m_pricelist (
    m_pricelist_id numeric(10) not null default nextval('m_pricelist_sq') primary key,
    name varchar(60) not null,
    c_currency_id numeric(10) not null,
    issopricelist char(1) not null default 'Y',
    istaxincluded char(1) not null default 'N',
    isdefault char(1) not null default 'N',
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create unique index if not exists m_pricelist_name on m_pricelist (name, ad_client_id);
-- iDempiere keeps prices per version of a list; one version is enough here.
create table if not exists m_productprice (
    m_pricelist_id numeric(10) not null,
    m_product_id numeric(10) not null,
    pricestd numeric not null,
    primary key (m_pricelist_id, m_product_id)
);
create sequence if not exists c_doctype_sq start 1000001;
create table if not exists c_doctype (
    c_doctype_id numeric(10) not null default nextval('c_doctype_sq') primary key,
    name varchar(60) not null,
    docbasetype char(3) not null,
    docsubtypeso char(2),
    isdefault char(1) not null default 'N',
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
alter table c_doctype add column if not exists docsubtypeso char(2);
create unique index if not exists c_doctype_name on c_doctype (name, ad_client_id);
create sequence if not exists c_paymentterm_sq start 1000001;
create table if not exists c_paymentterm (
    c_paymentterm_id numeric(10) not null default nextval('c_paymentterm_sq') primary key,
    value varchar(40) not null,
    name varchar(60) not null,
    isdefault char(1) not null default 'N',
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create unique index if not exists c_paymentterm_value on c_paymentterm (value, ad_client_id);
create sequence if not exists m_warehouse_sq start 1000001;
create table if not exists m_warehouse (
    m_warehouse_id numeric(10) not null default nextval('m_warehouse_sq') primary key,
    value varchar(40) not null,
    name varchar(60) not null,
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create unique index if not exists m_warehouse_value on m_warehouse (value, ad_client_id);
create sequence if not exists c_tax_sq start 1000001;
create table if not exists c_tax (
    c_tax_id numeric(10) not null default nextval('c_tax_sq') primary key,
    name varchar(60) not null,
    taxindicator varchar(5),
    rate numeric not null default 0,
    isdefault char(1) not null default 'N',
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create unique index if not exists c_tax_name on c_tax (name, ad_client_id);
create sequence if not exists c_ordersource_sq start 1000001;
create table if not exists c_ordersource (
    c_ordersource_id numeric(10) not null default nextval('c_ordersource_sq') primary key,
    value varchar(40) not null,
    name varchar(60) not null,
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create unique index if not exists c_ordersource_value on c_ordersource (value, ad_client_id);

create sequence if not exists c_order_sq start 1000001;
create table if not exists c_order (
    c_order_id numeric(10) not null default nextval('c_order_sq') primary key,
    documentno varchar(30) not null,
    docstatus char(2) not null default 'DR',
    issotrx char(1) not null default 'Y',
    c_doctype_id numeric(10) not null default 0,
    c_doctypetarget_id numeric(10) not null,
    description varchar(255),
    dateordered timestamp not null,
    dateacct timestamp not null,
    c_bpartner_id numeric(10) not null,
    c_bpartner_location_id numeric(10) not null,
    bill_bpartner_id numeric(10),
    bill_location_id numeric(10),
    ad_user_id numeric(10),
    salesrep_id numeric(10),
    c_currency_id numeric(10) not null,
    m_pricelist_id numeric(10) not null,
    c_paymentterm_id numeric(10) not null,
    m_warehouse_id numeric(10) not null,
    m_shipper_id numeric(10),
    deliveryrule char(1),
    c_ordersource_id numeric(10),
    ad_orgtrx_id numeric(10),
    c_activity_id numeric(10),
    c_campaign_id numeric(10),
    c_project_id numeric(10),
    totallines numeric not null default 0,
    grandtotal numeric not null default 0,
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
-- Not unique: the import makes a second document of the same number without a word.
create index if not exists c_order_documentno on c_order (documentno);
create sequence if not exists c_order_documentno_sq start 80000;
create sequence if not exists c_orderline_sq start 1000001;
create table if not exists c_orderline (
    c_orderline_id numeric(10) not null default nextval('c_orderline_sq') primary key,
    c_order_id numeric(10) not null,
    line numeric(10) not null,
    c_bpartner_id numeric(10) not null,
    c_bpartner_location_id numeric(10),
    m_product_id numeric(10),
    c_charge_id numeric(10),
    c_uom_id numeric(10),
    description varchar(255),
    c_tax_id numeric(10) not null,
    qtyentered numeric not null,
    qtyordered numeric not null,
    priceentered numeric not null,
    priceactual numeric not null,
    linenetamt numeric not null,
    freightamt numeric not null default 0,
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create index if not exists c_orderline_order on c_orderline (c_order_id);
