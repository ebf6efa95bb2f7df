insert into c_bpartner (value, name, isactive, ad_client_id)
select distinct on (value) value, coalesce(name, value), case when active is false then 'N' else 'Y' end, :client
from jsonb_to_recordset(:json::jsonb) as p (value text, name text, active boolean)
on conflict (value, ad_client_id) do update set name = excluded.name, isactive = excluded.isactive, updated = localtimestamp
--------
with wanted as (
    select distinct b.c_bpartner_id, p.address1, p.address2, p.city, p.postal, c.c_country_id,
        (select r.c_region_id from c_region r where r.c_country_id = c.c_country_id and r.name = p.region) as c_region_id
    from jsonb_to_recordset(:json::jsonb) as p (
        value text, address1 text, address2 text, city text, postal text, country text, region text)
    join c_bpartner b on b.value = p.value and b.ad_client_id = :client
    join c_country c on c.countrycode = p.country
), fresh as (
    select nextval('c_location_sq') as c_location_id, w.* from wanted w
    where not exists (
        select 1 from c_bpartner_location bl join c_location l on l.c_location_id = bl.c_location_id
        where bl.c_bpartner_id = w.c_bpartner_id
            and (l.address1, l.address2, l.city, l.postal, l.c_country_id)
                is not distinct from (w.address1, w.address2, w.city, w.postal, w.c_country_id))
), place as (
    insert into c_location (c_location_id, address1, address2, city, postal, c_country_id, c_region_id, ad_client_id)
    select c_location_id, address1, address2, city, postal, c_country_id, c_region_id, :client from fresh
)
insert into c_bpartner_location (c_bpartner_id, c_location_id, name, ad_client_id)
select c_bpartner_id, c_location_id, coalesce(city, '.'), :client from fresh
--------
insert into ad_user (name, email, phone, c_bpartner_id, ad_client_id)
select distinct on (b.c_bpartner_id, coalesce(p.contact, p.name, p.value))
    coalesce(p.contact, p.name, p.value), p.email, p.phone, b.c_bpartner_id, :client
from jsonb_to_recordset(:json::jsonb) as p (value text, name text, contact text, email text, phone text)
join c_bpartner b on b.value = p.value and b.ad_client_id = :client
where coalesce(p.contact, p.email, p.phone) is not null and not exists (
    select 1 from ad_user u
    where u.c_bpartner_id = b.c_bpartner_id and u.name = coalesce(p.contact, p.name, p.value)
        and u.email is not distinct from p.email)
