-- The next rows, by document number, up to the end of the document that the limit falls in, locked. A document of which somebody
-- else holds a row is left for a later run as a whole; nobody is waited for.
insert into picked (i_order_id, document, complete)
with last as materialized (
    select max(document) as document from (
        select ('.' || coalesce(documentno, '')) collate "C" as document from i_order
        where i_isimported <> 'Y' and ('.' || coalesce(documentno, '')) collate "C" > :after
            and coalesce(ad_client_id, :client) = :client
        order by 1 limit :limit) head
), candidate as materialized (
    select i_order_id, ('.' || coalesce(documentno, '')) collate "C" as document from i_order
    where i_isimported <> 'Y' and ('.' || coalesce(documentno, '')) collate "C" > :after
        and ('.' || coalesce(documentno, '')) collate "C" <= (select document from last)
        and coalesce(ad_client_id, :client) = :client
), held as materialized (
    select i_order_id from i_order
    where i_isimported <> 'Y' and ('.' || coalesce(documentno, '')) collate "C" > :after
        and ('.' || coalesce(documentno, '')) collate "C" <= (select document from last)
        and coalesce(ad_client_id, :client) = :client
    for update skip locked
)
select c.i_order_id, c.document,
    bool_and(c.i_order_id in (select h.i_order_id from held h)) over (partition by c.document)
from candidate c
