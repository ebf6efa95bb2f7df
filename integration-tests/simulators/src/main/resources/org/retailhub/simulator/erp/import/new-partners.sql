-- Partners that nobody knows yet, from the address columns of rows that are otherwise right. Statements are separated by a
-- line of dashes. Search keys are cut to the column's 40 characters, as the ERP does.
update incoming i set
    bpartnervalue = left(coalesce(i.bpartnervalue, i.email, i.name), 40),
    name = coalesce(i.name, i.contactname, left(coalesce(i.bpartnervalue, i.email), 40))
from resolved r
where r.i_order_id = i.i_order_id and r.error = '' and r.c_bpartner_id is null
--------
insert into c_bpartner (value, name, ad_client_id, ad_org_id)
select distinct on (i.bpartnervalue) i.bpartnervalue, i.name, :client, coalesce(i.ad_org_id, :org)
from incoming i join resolved r using (i_order_id)
where r.error = '' and r.c_bpartner_id is null and i.bpartnervalue is not null
order by i.bpartnervalue, i.i_order_id
on conflict (value, ad_client_id) do nothing
--------
update resolved r set c_bpartner_id = b.c_bpartner_id, fresh = true
from incoming i join c_bpartner b on b.value = i.bpartnervalue and b.ad_client_id = :client
where i.i_order_id = r.i_order_id and r.error = '' and r.c_bpartner_id is null
--------
insert into new_location
select nextval('c_location_sq'), nextval('c_bpartner_location_sq'), n.*
from (
    select distinct r.c_bpartner_id, i.address1, i.address2, i.city, i.postal, r.c_region_id, r.c_country_id
    from incoming i join resolved r using (i_order_id)
    where r.fresh) n
where not exists (
    select 1 from c_bpartner_location bl join c_location l on l.c_location_id = bl.c_location_id
    where bl.c_bpartner_id = n.c_bpartner_id
        and (l.address1, l.address2, l.city, l.postal, l.c_region_id, l.c_country_id)
            is not distinct from (n.address1, n.address2, n.city, n.postal, n.c_region_id, n.c_country_id))
--------
insert into c_location (c_location_id, address1, address2, city, postal, c_region_id, c_country_id, ad_client_id)
select c_location_id, address1, address2, city, postal, c_region_id, c_country_id, :client from new_location
--------
insert into c_bpartner_location (c_bpartner_location_id, c_bpartner_id, c_location_id, name, ad_client_id)
select c_bpartner_location_id, c_bpartner_id, c_location_id, coalesce(city, '.'), :client from new_location
--------
update resolved r set c_location_id = f.c_location_id, billto_id = f.c_bpartner_location_id,
    c_bpartner_location_id = f.c_bpartner_location_id
from (
    select r2.i_order_id, max(bl.c_bpartner_location_id) as c_bpartner_location_id, max(l.c_location_id) as c_location_id
    from resolved r2 join incoming i using (i_order_id)
    join c_bpartner_location bl on bl.c_bpartner_id = r2.c_bpartner_id
    join c_location l on l.c_location_id = bl.c_location_id
    where r2.fresh
        and (l.address1, l.address2, l.city, l.postal, l.c_region_id, l.c_country_id)
            is not distinct from (i.address1, i.address2, i.city, i.postal, r2.c_region_id, r2.c_country_id)
    group by r2.i_order_id) f
where f.i_order_id = r.i_order_id
--------
insert into ad_user (name, email, phone, c_bpartner_id, ad_client_id)
select distinct on (r.c_bpartner_id, coalesce(i.contactname, i.name))
    coalesce(i.contactname, i.name), i.email, i.phone, r.c_bpartner_id, :client
from resolved r join incoming i using (i_order_id)
where r.fresh and r.ad_user_id is null
    and coalesce(i.contactname, i.email, i.phone) is not null
    and not exists (select 1 from ad_user u
        where u.c_bpartner_id = r.c_bpartner_id and u.name in (i.contactname, i.name))
order by r.c_bpartner_id, coalesce(i.contactname, i.name), r.i_order_id
--------
update resolved r set ad_user_id = (
    select min(u.ad_user_id) from ad_user u where u.c_bpartner_id = r.c_bpartner_id and u.name in (i.contactname, i.name))
from incoming i
where i.i_order_id = r.i_order_id and r.fresh and r.ad_user_id is null
    and coalesce(i.contactname, i.email, i.phone) is not null
--------
update resolved set error = 'ERR=No BPartner, ' where error = '' and c_bpartner_id is null
