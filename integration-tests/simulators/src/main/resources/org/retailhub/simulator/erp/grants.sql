-- What the hub's interface role may do: write orders and inventories into the interface tables, keep its own companion, read the rest.
grant usage on schema adempiere to ${interfaceRole};
grant select, insert, update, delete on i_order, i_inventory, rh_posting to ${interfaceRole};
grant usage on sequence i_order_sq, i_inventory_sq to ${interfaceRole};
grant select on
    ad_org, ad_clientinfo, c_bpartner, c_country, c_region, c_location, c_bpartner_location, ad_user, m_product, c_charge,
    c_currency, m_pricelist, m_productprice, c_doctype, c_paymentterm, m_warehouse, c_tax, c_ordersource, c_order, c_orderline,
    m_locator, m_inventory, m_inventoryline, m_storageonhand
    to ${interfaceRole};
