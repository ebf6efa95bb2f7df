package org.retailhub.erp.idempiere;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.retailhub.erp.domain.Questions;
import org.retailhub.erp.domain.Standing;
import org.retailhub.platform.runtime.sql.Database;

/** The two questions of a batch to the ERP's database, in the caller's transaction. */
final class FactsQueries {
    // The first branch bounds how long this transaction may wait for a lock; a prepared branch of a crashed server
    // keeps its own.
    private static final String KEYS = """
            select 'timeout', set_config('lock_timeout', '3000', true), 0::numeric, null::numeric, null::numeric, null
            union all
            select 'handled', message_id, 0, null, null, null from rh_posting where message_id = any(?)
            union all
            select 'product', value, m_product_id, null, null, null from m_product
            where value = any(?) and isactive = 'Y' and ad_client_id in (0, ?)
            union all
            select 'partner', b.value, b.c_bpartner_id, (
              select least(count(*) filter (where l.isbillto = 'Y'), count(*) filter (where l.isshipto = 'Y'))
              from c_bpartner_location l where l.c_bpartner_id = b.c_bpartner_id and l.isactive = 'Y'), null, null
            from c_bpartner b where b.value = any(?) and b.isactive = 'Y' and b.ad_client_id in (0, ?)
            union all
            select 'charge', name, c_charge_id, null, null, trim(both '-' from lower(regexp_replace(name, '[^A-Za-z0-9]+', '-', 'g')))
            from c_charge where isactive = 'Y' and ad_client_id in (0, ?) and (name = any(?)
              or trim(both '-' from lower(regexp_replace(name, '[^A-Za-z0-9]+', '-', 'g'))) = any(?))
            union all
            select 'currency', c.iso_code, c.c_currency_id, (select l.m_pricelist_id from m_pricelist l
              where l.c_currency_id = c.c_currency_id and l.issopricelist = 'Y' and l.istaxincluded = 'N' and l.isactive = 'Y'
                and l.ad_client_id in (0, ?)
              order by l.isdefault desc, l.m_pricelist_id desc limit 1), c.stdprecision, null
            from c_currency c where c.iso_code = any(?) and c.isactive = 'Y'
            union all
            select 'country', countrycode, c_country_id, null, null, null from c_country
            where countrycode = any(?) and isactive = 'Y'""";

    // Rows that the import has in hand are skipped: an order with such rows is busy, and none of its rows may be
    // touched.
    private static final String DOCUMENTS = """
            with held as materialized (
              select i_order_id, i_isimported from i_order where documentno = any(?) order by i_order_id for update skip locked)
            select documentno, count(*), count(h.i_order_id), bool_or(o.i_isimported = 'Y' or h.i_isimported = 'Y'),
              max(c_order_id)::text, array_agg(distinct left(i_order_uu, 24))
            from i_order o left join held h using (i_order_id) where documentno = any(?) group by documentno
            union all
            select documentno, 0, 0, true, max(c_order_id)::text, '{}' from c_order
            where documentno = any(?) and issotrx = 'Y' and ad_client_id = ? group by documentno""";

    private final Database erp;
    private final Mapping mapping;

    FactsQueries(Database erp, Mapping mapping) {
        this.erp = erp;
        this.mapping = mapping;
    }

    IdempiereFacts ask(Questions questions) {
        IdempiereFacts facts = new IdempiereFacts();
        Set<String> names = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        for (String type : questions.chargeTypes()) {
            mapping.chargeName(type).ifPresentOrElse(names::add, () -> types.add(type));
        }
        long client = mapping.client();
        erp.query(
                KEYS,
                row -> key(facts, row),
                array(questions.messageIds()),
                array(questions.items()),
                client,
                array(questions.partners()),
                client,
                client,
                array(names),
                array(types),
                client,
                array(questions.currencies()),
                array(questions.countries()));
        String[] orders = array(questions.orderIds());
        erp.query(DOCUMENTS, row -> document(facts, row), orders, orders, orders, client);
        return facts;
    }

    private static String[] array(Set<String> values) {
        return values.toArray(String[]::new);
    }

    private static IdempiereFacts key(IdempiereFacts facts, ResultSet row) throws SQLException {
        String value = row.getString(2);
        long id = row.getLong(3);
        switch (row.getString(1)) {
            case "handled" -> facts.handled.add(value);
            case "product" -> facts.products.put(value, id);
            case "partner" -> facts.partners.put(value, new IdempiereFacts.Partner(id, row.getLong(4) > 0));
            case "charge" -> {
                IdempiereFacts.Charge charge = new IdempiereFacts.Charge(id, value);
                facts.charges.put(value, charge);
                facts.charges.putIfAbsent(row.getString(6), charge);
            }
            case "currency" -> {
                long priceList = row.getLong(4);
                if (!row.wasNull()) {
                    facts.currencies.put(value, new IdempiereFacts.Currency(id, priceList, row.getInt(5)));
                }
            }
            case "country" -> facts.countries.put(value, id);
            default -> {
                // The time-out is no fact.
            }
        }
        return facts;
    }

    private static IdempiereFacts document(IdempiereFacts facts, ResultSet row) throws SQLException {
        String orderId = row.getString(1);
        long rows = row.getLong(2);
        boolean imported = row.getBoolean(4);
        Standing.Kind kind =
                imported ? Standing.Kind.DOCUMENT : row.getLong(3) < rows ? Standing.Kind.BUSY : Standing.Kind.WAITING;
        Standing before = facts.standings.get(orderId);
        if (before == null || kind == Standing.Kind.DOCUMENT) {
            facts.standings.put(orderId, new Standing(kind, row.getString(5)));
        }
        if (rows > 0) {
            facts.origins.put(orderId, new HashSet<>(Arrays.asList((String[])
                    row.getArray(6).getArray())));
        }
        return facts;
    }
}
