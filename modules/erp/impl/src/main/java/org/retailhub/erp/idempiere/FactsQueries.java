package org.retailhub.erp.idempiere;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.domain.Questions;
import org.retailhub.erp.domain.Standing;
import org.retailhub.erp.domain.Underway;
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
            select 'return-type', name, 0, null, null, null from c_doctype
            where name = ? and docbasetype = 'SOO' and docsubtypeso = 'RM' and isactive = 'Y' and ad_client_id in (0, ?)
            union all
            select 'country', countrycode, c_country_id, null, null, null from c_country
            where countrycode = any(?) and isactive = 'Y'""";

    // Rows that the import has in hand are skipped: an order with such rows is busy, and none of its rows may be
    // touched.
    private static final String DOCUMENTS = """
            with held as materialized (
              select i_order_id, i_isimported from i_order where documentno = any(?) order by i_order_id for update skip locked)
            select documentno, count(*), count(h.i_order_id), bool_or(o.i_isimported = 'Y' or h.i_isimported = 'Y'),
              max(c_order_id)::text, array_agg(distinct left(i_order_uu, 24)),
              bool_and(o.i_isimported = 'Y' or h.i_isimported = 'Y') and min(c_order_id) = max(c_order_id)
            from i_order o left join held h using (i_order_id) where documentno = any(?) group by documentno
            union all
            select documentno, 0, 0, true, max(c_order_id)::text, '{}', count(*) = 1 from c_order
            where documentno = any(?) and issotrx = 'Y' and ad_client_id = ? group by documentno""";

    // Only of an order with a document: the numbers are those that messages up to this one may have made, and the
    // order's own, whose rows
    // are of no interest here.
    private static final String UNDERWAY = """
            with held as materialized (
              select i_order_id from i_order where documentno = any(?) and i_isimported <> 'Y' order by i_order_id for update skip locked)
            select q.order_id, o.documentno, count(*) filter (where o.i_isimported <> 'Y'),
              count(h.i_order_id), array_agg(distinct left(o.i_order_uu, 24))
            from unnest(?, ?) as q(order_id, no) join i_order o on o.documentno = q.no and q.no <> q.order_id
              left join held h using (i_order_id)
            group by q.order_id, o.documentno""";

    // The order's own document first: the further ones are numbered behind it.
    private static final String BOOKED = """
            select q.order_id, d.documentno, t.docsubtypeso is not distinct from 'RM', b.value, d.c_bpartner_id,
              d.c_bpartner_location_id, d.bill_location_id, c.iso_code, d.c_currency_id, c.stdprecision, d.m_pricelist_id,
              d.description, l.m_product_id, p.value, l.c_charge_id, f.name, l.qtyordered, l.priceactual, l.linenetamt, l.description
            from unnest(?, ?) as q(order_id, no) join c_order d on d.documentno = q.no and d.issotrx = 'Y' and d.ad_client_id = ?
              join c_doctype t on t.c_doctype_id = d.c_doctypetarget_id
              join c_bpartner b on b.c_bpartner_id = d.c_bpartner_id
              join c_currency c on c.c_currency_id = d.c_currency_id
              left join c_orderline l on l.c_order_id = d.c_order_id
              left join m_product p on p.m_product_id = l.m_product_id
              left join c_charge f on f.c_charge_id = l.c_charge_id
            order by q.order_id, q.no <> q.order_id, d.c_order_id, l.line""";

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
                mapping.returnType(),
                client,
                array(questions.countries()));
        String[] orders = array(questions.orderIds());
        erp.query(DOCUMENTS, row -> document(facts, row), orders, orders, orders, client);
        Map<String, Long> corrections = new TreeMap<>(questions.corrections());
        corrections.keySet().removeIf(order -> facts.standing(order).kind() != Standing.Kind.DOCUMENT);
        if (!corrections.isEmpty()) {
            corrections(facts, corrections);
        }
        return facts;
    }

    private void corrections(IdempiereFacts facts, Map<String, Long> sequences) {
        List<String> orders = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        sequences.forEach((orderId, sequence) -> {
            orders.add(orderId);
            numbers.add(orderId);
            for (String number : FurtherDocuments.upTo(orderId, sequence)) {
                orders.add(orderId);
                numbers.add(number);
            }
        });
        String[] all = numbers.toArray(String[]::new);
        erp.query(UNDERWAY, row -> underway(facts, row), all, orders.toArray(String[]::new), all);
        erp.query(BOOKED, row -> booked(facts, row), orders.toArray(String[]::new), all, mapping.client());
    }

    private static IdempiereFacts underway(IdempiereFacts facts, ResultSet row) throws SQLException {
        String orderId = row.getString(1);
        facts.corrections.computeIfAbsent(orderId, id -> new HashSet<>()).addAll(Arrays.asList((String[])
                row.getArray(5).getArray()));
        long waiting = row.getLong(3);
        if (waiting > 0) {
            Underway before = facts.underway(orderId);
            Set<String> numbers = new TreeSet<>(before.waiting());
            numbers.add(row.getString(2));
            facts.underway.put(orderId, new Underway(numbers, before.busy() || row.getLong(4) < waiting));
        }
        return facts;
    }

    private static IdempiereFacts booked(IdempiereFacts facts, ResultSet row) throws SQLException {
        String orderId = row.getString(1);
        boolean own = row.getString(2).equals(orderId);
        if (own && !facts.booked.containsKey(orderId)) {
            facts.booked.put(
                    orderId,
                    new Booked(new Booked.Document(
                            row.getString(4),
                            row.getLong(5),
                            row.getLong(6),
                            id(row, 7),
                            row.getString(8),
                            row.getLong(9),
                            row.getInt(10),
                            row.getLong(11),
                            row.getString(12))));
        }
        Booked booked = facts.booked.get(orderId);
        if (booked != null && !own) {
            booked.further().add(row.getString(2));
        }
        if (booked != null && row.getObject(17) != null) {
            BigDecimal sign = row.getBoolean(3) ? BigDecimal.ONE.negate() : BigDecimal.ONE;
            booked.lines()
                    .add(new Booked.Line(
                            id(row, 13),
                            row.getString(14),
                            id(row, 15),
                            row.getString(16),
                            row.getBigDecimal(17).multiply(sign),
                            row.getBigDecimal(18),
                            row.getBigDecimal(19).multiply(sign),
                            row.getString(20)));
        }
        return facts;
    }

    private static @Nullable Long id(ResultSet row, int column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? null : id;
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
            case "return-type" -> facts.returnTypes.add(value);
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
        Standing.Kind kind = imported
                ? row.getBoolean(7) ? Standing.Kind.DOCUMENT : Standing.Kind.PART
                : row.getLong(3) < rows ? Standing.Kind.BUSY : Standing.Kind.WAITING;
        Standing before = facts.standings.get(orderId);
        boolean isPart = before != null && before.kind() == Standing.Kind.PART;
        if (before == null || imported && !isPart) {
            facts.standings.put(orderId, new Standing(kind, row.getString(5)));
        }
        if (rows > 0) {
            facts.origins.put(orderId, new HashSet<>(Arrays.asList((String[])
                    row.getArray(6).getArray())));
        }
        return facts;
    }
}
