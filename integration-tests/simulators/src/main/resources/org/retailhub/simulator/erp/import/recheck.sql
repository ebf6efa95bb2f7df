-- Looks again now that the locks are held: a document that got another row in the meantime waits for the next run.
update picked p set complete = false
where p.complete and p.document in (
    select ('.' || coalesce(o.documentno, '')) collate "C" from i_order o
    where o.i_isimported <> 'Y' and ('.' || coalesce(o.documentno, '')) collate "C" > :after
        and ('.' || coalesce(o.documentno, '')) collate "C" <= :upto
        and not exists (select 1 from picked q where q.i_order_id = o.i_order_id))
