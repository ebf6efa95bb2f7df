-- The import's scratch pad: temporary, emptied at each commit.
create temporary table stock_picked (i_inventory_id numeric(10) primary key) on commit delete rows;

create temporary table stock_row (
    i_inventory_id numeric(10) primary key, ad_org_id numeric(10), c_doctype_id numeric(10), m_locator_id numeric(10),
    m_warehouse_id numeric(10), m_product_id numeric(10), c_charge_id numeric(10), movementdate date, internal boolean,
    qtybook numeric, qtycount numeric, qtyinternaluse numeric, description varchar(255), error text) on commit delete rows;

create temporary table stock_line (
    i_inventory_id numeric(10) primary key, document bigint, line int, m_inventoryline_id numeric(10)) on commit delete rows;

create temporary table stock_document (
    document bigint primary key, m_inventory_id numeric(10), first_row numeric(10)) on commit delete rows;
