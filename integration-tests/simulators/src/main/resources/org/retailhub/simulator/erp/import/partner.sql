-- Who buys: by e-mail, else by a contact name that is unique, else by search key, else the cash-sale partner. A known partner
-- gets one of its known addresses; country and region are looked up only for partners that are still to be created.
insert into partner
select i.partner_key, found.c_bpartner_id,
    coalesce(by_mail.ad_user_id, by_contact.ad_user_id, i.ad_user_id),
    bill.billto_id, ship.c_bpartner_location_id, country.c_country_id, region.c_region_id, region.regionname,
    concat(
        case when found.c_bpartner_id is null and country.c_country_id is null then 'ERR=Invalid Country, ' end,
        case when found.c_bpartner_id is null and region.c_region_id is null and exists (
            select 1 from c_country c where c.c_country_id = country.c_country_id and c.hasregion = 'Y')
            then 'ERR=Invalid Region, ' end,
        case when found.c_bpartner_id is not null and (bill.billto_id is null or ship.c_bpartner_location_id is null)
            then 'ERR=No BP Location, ' end)
from (
    select distinct on (partner_key) partner_key, c_bpartner_id, ad_user_id, billto_id, c_bpartner_location_id, email,
        contactname, bpartnervalue, name, address1, address2, city, postal, c_region_id, regionname, c_country_id, countrycode
    from incoming order by partner_key) i
left join lateral (
    select u.c_bpartner_id, u.ad_user_id from ad_user u
    where i.c_bpartner_id is null and u.email = i.email and u.ad_client_id = :client and u.c_bpartner_id is not null
    order by u.ad_user_id limit 1) by_mail on true
left join lateral (
    select max(u.c_bpartner_id) as c_bpartner_id, max(u.ad_user_id) as ad_user_id from ad_user u
    where i.c_bpartner_id is null and by_mail.c_bpartner_id is null
        and u.name = i.contactname and u.ad_client_id = :client and u.c_bpartner_id is not null
    having count(*) = 1) by_contact on true
cross join lateral (
    select coalesce(i.c_bpartner_id, by_mail.c_bpartner_id, by_contact.c_bpartner_id,
        (select b.c_bpartner_id from c_bpartner b where b.value = i.bpartnervalue and b.ad_client_id = :client),
        case when i.bpartnervalue is null and i.name is null
            then (select c.c_bpartnercashtrx_id from ad_clientinfo c where c.ad_client_id = :client) end
        ) as c_bpartner_id offset 0) found
cross join lateral (
    select case when i.c_country_id is not null or found.c_bpartner_id is not null then i.c_country_id
        else (select c.c_country_id from c_country c where c.countrycode = i.countrycode) end as c_country_id offset 0) country
cross join lateral (
    select case when i.regionname is not null or i.c_region_id is not null or found.c_bpartner_id is not null then i.regionname
        else (select max(r.name) from c_region r where r.isdefault = 'Y' and r.c_country_id = country.c_country_id)
        end as regionname offset 0) wanted
cross join lateral (
    select wanted.regionname,
        case when i.c_region_id is not null or found.c_bpartner_id is not null then i.c_region_id
        else (select max(r.c_region_id) from c_region r
            where r.name = wanted.regionname and r.c_country_id = country.c_country_id) end as c_region_id offset 0) region
left join lateral (
    select max(bl.c_bpartner_location_id) as c_bpartner_location_id
    from c_bpartner_location bl join c_location l on l.c_location_id = bl.c_location_id
    where bl.c_bpartner_id = found.c_bpartner_id and bl.ad_client_id = :client
        and l.address1 is not distinct from i.address1 and l.address2 is not distinct from i.address2
        and l.city is not distinct from i.city and l.postal is not distinct from i.postal
        and coalesce(l.c_region_id, 0) = coalesce(i.c_region_id, 0)
        and coalesce(l.c_country_id, 0) = coalesce(i.c_country_id, 0)
    ) same on i.c_bpartner_location_id is null
cross join lateral (
    select coalesce(same.c_bpartner_location_id, i.billto_id, (
        select max(bl.c_bpartner_location_id) from c_bpartner_location bl
        where bl.c_bpartner_id = found.c_bpartner_id and bl.ad_client_id = :client and bl.isbillto = 'Y')) as billto_id offset 0) bill
cross join lateral (
    select coalesce(i.c_bpartner_location_id, same.c_bpartner_location_id, (
        select max(bl.c_bpartner_location_id) from c_bpartner_location bl
        where bl.c_bpartner_id = found.c_bpartner_id and bl.ad_client_id = :client and bl.isshipto = 'Y')
        ) as c_bpartner_location_id offset 0) ship
