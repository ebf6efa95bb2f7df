-- What an import of inventories touches besides: locators, the interface table, documents, and what the ERP has on hand. Every
-- statement may run again.

create sequence if not exists m_locator_sq start 1000001;
create table if not exists m_locator (
    m_locator_id numeric(10) not null default nextval('m_locator_sq') primary key,
    value varchar(40) not null,
    m_warehouse_id numeric(10) not null,
    x varchar(60) not null default '0',
    y varchar(60) not null default '0',
    z varchar(60) not null default '0',
    isdefault char(1) not null default 'N',
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create unique index if not exists m_locator_value on m_locator (value, ad_client_id);
create index if not exists m_locator_warehouse on m_locator (m_warehouse_id);

create sequence if not exists i_inventory_sq start 1000001;
create table if not exists i_inventory (
    i_inventory_id numeric(10) not null default nextval('i_inventory_sq') primary key,
    i_inventory_uu varchar(36),
    ad_client_id numeric(10),
    ad_org_id numeric(10),
    isactive char(1) default 'Y',
    created timestamp default localtimestamp,
    createdby numeric(10) default 0,
    updated timestamp default localtimestamp,
    updatedby numeric(10) default 0,
    c_charge_id numeric(10),
    c_doctype_id numeric(10),
    chargename varchar(60),
    currentcostprice numeric,
    description varchar(255),
    doctypename varchar(60),
    i_errormsg varchar(2000),
    i_isimported char(1) not null default 'N',
    locatorvalue varchar(40),
    lot varchar(20),
    m_costingline_id numeric(10),
    m_inventoryline_id numeric(10),
    m_inventory_id numeric(10),
    m_locator_id numeric(10),
    m_product_id numeric(10),
    m_warehouse_id numeric(10),
    movementdate timestamp,
    processed char(1) default 'N',
    processing char(1),
    qtybook numeric,
    qtycount numeric,
    qtyinternaluse numeric,
    serno varchar(20),
    upc varchar(30),
    value varchar(40),
    warehousevalue varchar(40),
    x varchar(60),
    y varchar(60),
    z varchar(60)
);
create index if not exists i_inventory_waiting on i_inventory (i_inventory_id) where i_isimported <> 'Y';
create unique index if not exists i_inventory_uu_idx on i_inventory (i_inventory_uu);

create sequence if not exists m_inventory_sq start 1000001;
create sequence if not exists m_inventory_documentno_sq start 10000;
create table if not exists m_inventory (
    m_inventory_id numeric(10) not null default nextval('m_inventory_sq') primary key,
    documentno varchar(30) not null,
    docstatus char(2) not null default 'CO',
    c_doctype_id numeric(10),
    description varchar(255),
    m_warehouse_id numeric(10) not null,
    movementdate timestamp not null,
    ad_client_id numeric(10) not null default 1000000,
    ad_org_id numeric(10) not null default 0,
    isactive char(1) not null default 'Y',
    created timestamp not null default localtimestamp,
    createdby numeric(10) not null default 0,
    updated timestamp not null default localtimestamp,
    updatedby numeric(10) not null default 0
);
create sequence if not exists m_inventoryline_sq start 1000001;
create table if not exists m_inventoryline (
    m_inventoryline_id numeric(10) not null default nextval('m_inventoryline_sq') primary key,
    m_inventory_id numeric(10) not null,
    line numeric(10) not null,
    m_locator_id numeric(10) not null,
    m_product_id numeric(10) not null,
    c_charge_id numeric(10),
    qtybook numeric not null default 0,
    qtycount numeric not null default 0,
    qtyinternaluse numeric not null default 0,
    description varchar(255),
    ad_client_id numeric(10) not null default 1000000,
    created timestamp not null default localtimestamp
);
create index if not exists m_inventoryline_inventory on m_inventoryline (m_inventory_id);

-- iDempiere keeps it per attribute set instance as well; one is enough here.
create table if not exists m_storageonhand (
    m_locator_id numeric(10) not null,
    m_product_id numeric(10) not null,
    qtyonhand numeric not null default 0,
    primary key (m_locator_id, m_product_id)
);
