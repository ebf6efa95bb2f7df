insert into m_locator (m_locator_id, value, m_warehouse_id, isdefault) values (101, 'HQ', 103, 'Y') on conflict do nothing;
insert into c_doctype (c_doctype_id, name, docbasetype, isdefault) values
    (142, 'Physical Inventory', 'MMI', 'Y'), (143, 'Internal Use Inventory', 'MMI', 'N') on conflict do nothing;
insert into c_charge (name) values
    ('Stock Adjustment'), ('Stock Count'), ('Goods Receipt'), ('Stock Transfer'), ('Goods Sold'), ('Goods Returned')
    on conflict do nothing;
