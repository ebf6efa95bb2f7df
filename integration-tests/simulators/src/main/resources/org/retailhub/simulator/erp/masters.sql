-- One client (1000000) with one organisation, as a small trading company sets its ERP up. Keys below 1000000 are fixed.
insert into ad_org (ad_org_id, value, name, issummary) values (0, '*', '*', 'Y'), (11, 'HQ', 'Head Office', 'N')
    on conflict do nothing;
insert into c_currency (c_currency_id, iso_code, stdprecision) values
    (102, 'EUR', 2), (114, 'GBP', 2), (100, 'USD', 2), (318, 'CHF', 2), (113, 'JPY', 0) on conflict do nothing;
insert into m_pricelist (name, c_currency_id, isdefault)
    select 'Sales ' || iso_code, c_currency_id, 'Y' from c_currency on conflict do nothing;
-- RM: an order that returns. Its quantities are positive, its sums count against the customer's.
insert into c_doctype (c_doctype_id, name, docbasetype, docsubtypeso, isdefault) values
    (132, 'Standard Order', 'SOO', 'SO', 'Y'), (126, 'Purchase Order', 'POO', null, 'Y'), (130, 'POS Order', 'SOO', 'WR', 'N'),
    (149, 'Return Material', 'SOO', 'RM', 'N')
    on conflict (c_doctype_id) do update set docsubtypeso = excluded.docsubtypeso
    where c_doctype.docsubtypeso is distinct from excluded.docsubtypeso;
insert into c_paymentterm (c_paymentterm_id, value, name, isdefault) values
    (105, 'Immediate', 'Immediate', 'Y'), (106, '30 Days Net', '30 Days Net', 'N') on conflict do nothing;
insert into m_warehouse (m_warehouse_id, value, name, ad_org_id) values (103, 'HQ', 'HQ Warehouse', 11) on conflict do nothing;
-- The channels have charged the tax: the ERP's default adds none on top.
insert into c_tax (c_tax_id, name, taxindicator, rate, isdefault) values
    (104, 'Charged by channel', 'CH', 0, 'Y'), (105, 'VAT 20', 'V20', 20, 'N') on conflict do nothing;
insert into c_ordersource (c_ordersource_id, value, name) values (1, 'HUB', 'Retail Hub') on conflict do nothing;
insert into c_charge (name) values
    ('Freight'), ('Discount'), ('Surcharge'), ('Tax'), ('Postage'), ('Carriage'), ('Manual'), ('Bank Charges'), ('Commission'),
    ('Gift Card'), ('Gift Wrap'), ('Donation'), ('Samples'), ('Rounding'), ('Adjustment') on conflict do nothing;
insert into c_location (c_location_id, address1, city, c_country_id)
    select 501, 'Cash sale', 'Head Office', c_country_id from c_country where countrycode = 'DE' on conflict do nothing;
insert into c_bpartner (c_bpartner_id, value, name) values (112, 'Standard', 'Cash Sale') on conflict do nothing;
insert into c_bpartner_location (c_bpartner_location_id, c_bpartner_id, c_location_id) values (501, 112, 501)
    on conflict do nothing;
insert into ad_clientinfo (ad_client_id, c_bpartnercashtrx_id) values (1000000, 112) on conflict do nothing;
