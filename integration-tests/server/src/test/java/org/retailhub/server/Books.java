package org.retailhub.server;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;

/**
 * Counts in the databases themselves, as superuser, what became of the orders: the ERP's documents with their lines, the order
 * of the postings, the messages not handled yet, the branches left prepared.
 */
final class Books {
    private static final String UNHANDLED = """
            select s.business_key from ordering.sent_message s left join (
                select * from erp.inbox union all select * from inventory.inbox) i
              on i.queue = s.destination and i.business_key = s.business_key
            where s.destination <> 'order.events' and coalesce(i.last_sequence, 0) < s.sequence
            union all
            select s.business_key from erp.sent_message s left join ordering.inbox i
              on i.queue = s.destination || '.order' and i.business_key = s.business_key
            where s.destination = 'erp.events' and coalesce(i.last_sequence, 0) < s.sequence
            union all
            select s.business_key from channel.sent_message s left join (
                select * from channel.inbox union all select * from ordering.inbox) i
              on i.queue = s.destination and i.business_key = s.business_key
            where s.destination <> 'channel.events' and coalesce(i.last_sequence, 0) < s.sequence""";

    private static final String CASES = "select * from ordering.hospital_case union all select * from erp.hospital_case"
            + " union all select * from channel.hospital_case union all select * from inventory.hospital_case";

    private final Hub hub;

    Books(Hub hub) {
        this.hub = hub;
    }

    /**
     * An order that the hub has taken, and what the ERP must have of it in the end.
     *
     * @param oneOf contents of its one document, any of them; empty: no document, the order was cancelled
     * @param after what it and the further documents say together, where it was changed after; null: there are none
     * @param returned whether they say nothing together, since it was cancelled after
     */
    record Expected(String id, List<Order> oneOf, Order after, boolean returned) {
        Expected {
            oneOf = List.copyOf(oneOf);
        }

        /** Changed when the ERP may have made its document or not. */
        static Expected changed(String id, Order first, Order last) {
            return new Expected(id, List.of(first, last), last, false);
        }

        static Expected returned(String id, Order first) {
            return new Expected(id, List.of(first), null, true);
        }

        static Expected document(String id, Order wanted) {
            return new Expected(id, List.of(wanted), null, false);
        }

        static Expected nothing(String id) {
            return new Expected(id, List.of(), null, false);
        }

        boolean isCancelled() {
            return oneOf.isEmpty() || returned;
        }
    }

    /** The result of a count; everything but the first three is zero when all is well. */
    record Audit(
            int sent,
            int acknowledged,
            int documents,
            int missing,
            int doubled,
            int partial,
            int outOfOrder,
            int preparedLeft,
            List<String> faults) {
        boolean good() {
            return faults.isEmpty();
        }
    }

    private record Document(String number, long lines, BigDecimal total, String content) {}

    /** What all documents of an order say together: what was returned counts below zero. */
    private record Together(long further, long doubled, BigDecimal total, String content) {
        static final Together NOTHING = new Together(0, 0, BigDecimal.ZERO, "");
    }

    Audit audit(int sent, Collection<Expected> orders) {
        List<String> faults = new ArrayList<>();
        String[] ids = ids(orders);
        Map<String, List<Document>> documents = documents(ids);
        Map<String, Together> together = together(ids);
        int found = 0;
        int missing = 0;
        int doubled = 0;
        int partial = 0;
        if (new TreeSet<>(List.of(ids)).size() != ids.length) {
            faults.add("one order id was given for several orders");
        }
        for (Expected order : orders) {
            List<Document> its = documents.getOrDefault(order.id(), List.of());
            found += its.size();
            Together all = together.getOrDefault(order.id(), Together.NOTHING);
            doubled += (int) all.doubled();
            further(order, all, faults);
            if (order.oneOf().isEmpty()) {
                if (!its.isEmpty()) {
                    faults.add(order.id() + " was cancelled and has a document");
                }
                continue;
            }
            if (its.isEmpty()) {
                missing++;
                faults.add(order.id() + " has no document");
            } else if (its.size() > 1) {
                doubled++;
                faults.add(order.id() + " has " + its.size() + " documents");
            } else if (order.oneOf().stream().noneMatch(wanted -> isWhole(its.get(0), wanted))) {
                partial++;
                faults.add(order.id() + " should be " + order.oneOf() + ", the ERP has " + its.get(0));
            }
        }
        int outOfOrder = outOfOrder(ids, faults);
        int prepared = preparedLeft();
        if (prepared > 0) {
            faults.add(prepared + " transactions are left prepared: " + preparedNames());
        }
        if (orders.size() < sent) {
            faults.add((sent - orders.size()) + " orders were never acknowledged");
        }
        return new Audit(sent, orders.size(), found, missing, doubled, partial, outOfOrder, prepared, faults);
    }

    private static void further(Expected order, Together all, List<String> faults) {
        if (all.doubled() > 0) {
            faults.add(order.id() + " has " + all.doubled() + " further documents twice");
        }
        if (order.after() == null && !order.returned()) {
            if (all.further() > 0) {
                faults.add(order.id() + " has " + all.further() + " further documents and should have none");
            }
            return;
        }
        BigDecimal money = order.returned() ? BigDecimal.ZERO : order.after().grand();
        String goods = order.returned() ? "" : goods(order.after());
        if (all.total().compareTo(money) != 0 || !all.content().equals(goods)) {
            faults.add(
                    order.id() + " should be " + money + " for " + goods + " in all its documents, the ERP has " + all);
        }
    }

    private static String goods(Order wanted) {
        Map<String, Integer> pieces = new TreeMap<>();
        wanted.lines().forEach(line -> pieces.merge(ErpItems.of(line.sku()), line.quantity(), Integer::sum));
        List<String> texts = new ArrayList<>();
        pieces.forEach((item, quantity) -> texts.add(item + "×" + quantity));
        texts.sort(Comparator.naturalOrder());
        return String.join(",", texts);
    }

    private Map<String, Together> together(String[] ids) {
        Map<String, Together> found = new LinkedHashMap<>();
        query(
                "idempiere",
                """
                select g.id, (select count(*) from adempiere.c_order f where left(f.documentno, 26) = g.id and length(f.documentno) > 26),
                  (select count(*) - count(distinct f.documentno) from adempiere.c_order f
                   where left(f.documentno, 26) = g.id and length(f.documentno) > 26),
                  sum(g.net), coalesce(string_agg(g.item || '×' || g.quantity, ',' order by (g.item || '×' || g.quantity) collate "C")
                    filter (where g.item is not null and g.quantity <> 0), '')
                from (select left(o.documentno, 26) as id, p.value as item, sum(t.sign * l.qtyordered)::bigint as quantity,
                    sum(t.sign * l.linenetamt) as net
                  from adempiere.c_order o join adempiere.c_orderline l using (c_order_id)
                    join (select c_doctype_id, case docsubtypeso when 'RM' then -1 else 1 end as sign from adempiere.c_doctype) t
                      on t.c_doctype_id = o.c_doctypetarget_id
                    left join adempiere.m_product p on p.m_product_id = l.m_product_id
                  where left(o.documentno, 26) = any(?) group by 1, 2) g group by g.id""",
                row -> found.put(
                        row.getString(1),
                        new Together(row.getLong(2), row.getLong(3), row.getBigDecimal(4), row.getString(5))),
                (Object) ids);
        return found;
    }

    private static boolean isWhole(Document document, Order wanted) {
        StringBuilder goods = new StringBuilder();
        wanted.lines().stream()
                .map(line -> ErpItems.of(line.sku()) + "×" + line.quantity())
                .sorted()
                .forEach(line -> goods.append(goods.length() == 0 ? "" : ",").append(line));
        return document.total().compareTo(wanted.grand()) == 0
                && document.content().contentEquals(goods)
                && document.lines() == wanted.lines().size() + wanted.shipping().signum();
    }

    private Map<String, List<Document>> documents(String[] ids) {
        Map<String, List<Document>> documents = new LinkedHashMap<>();
        query(
                "idempiere",
                """
                select o.documentno, count(l.*), coalesce(sum(l.linenetamt), 0),
                  coalesce(string_agg(p.value || '×' || l.qtyordered::bigint, ',' order by p.value || '×' || l.qtyordered::bigint)
                    filter (where p.value is not null), '')
                from adempiere.c_order o left join adempiere.c_orderline l using (c_order_id)
                  left join adempiere.m_product p on p.m_product_id = l.m_product_id
                where o.documentno = any(?) group by o.c_order_id, o.documentno""",
                row -> documents
                        .computeIfAbsent(row.getString(1), n -> new ArrayList<>())
                        .add(new Document(row.getString(1), row.getLong(2), row.getBigDecimal(3), row.getString(4))),
                (Object) ids);
        return documents;
    }

    /** Keys whose postings were not written in their sequence 1, 2, 3 … */
    private int outOfOrder(String[] ids, List<String> faults) {
        List<String> disorders = query(
                "idempiere", """
                select business_key, string_agg(sequence::text, ',' order by serial) from (
                  select *, row_number() over (partition by business_key order by serial) as place
                  from adempiere.rh_posting where business_key = any(?)) p
                group by business_key having bool_or(sequence <> place)""", row -> row.getString(1) + " was posted in the order " + row.getString(2), (Object)
                        ids);
        faults.addAll(disorders);
        return disorders.size();
    }

    /** Branches of a server that is no more, or prepared more than 5 s ago: a running transaction holds its for milliseconds. */
    int preparedLeft() {
        return number(
                "postgres",
                "select count(*) from pg_prepared_xacts where prepared < now() - interval '5 s' or prepared < ?",
                OffsetDateTime.ofInstant(hub.lastStart(), ZoneOffset.UTC));
    }

    List<String> preparedNames() {
        return query(
                "postgres",
                "select database || '/' || owner || ' since ' || prepared from pg_prepared_xacts order by prepared",
                row -> row.getString(1));
    }

    /** Messages sent that their consumer has not handled yet. */
    int unhandled() {
        return number("retailhub", "select count(*) from (" + UNHANDLED + ") u");
    }

    /** Those of these orders. */
    int unhandled(Collection<Expected> orders) {
        return number("retailhub", "select count(*) from (" + UNHANDLED + ") u where business_key = any(?)", (Object)
                ids(orders));
    }

    private static String[] ids(Collection<Expected> orders) {
        return orders.stream().map(Expected::id).toArray(String[]::new);
    }

    /** Open cases of all hospitals, as text. */
    List<String> openCases() {
        return query("retailhub", """
                select queue || ' ' || business_key || ' #' || sequence || ' ' || state || ' ' || coalesce(code, '') || ' '
                    || coalesce(detail, '')
                from (""" + CASES + """
                ) c
                where state not in ('done', 'discarded') order by parked_at""", row -> row.getString(1));
    }

    /** Rows in the ERP's import table that are not a document yet. */
    int waitingForImport() {
        return number("idempiere", "select count(*) from adempiere.i_order where i_isimported <> 'Y'");
    }

    void awaitNothingPrepared(Duration patience) {
        Probe.until(
                "no transaction left prepared",
                patience,
                () -> preparedLeft() == 0,
                () -> String.join("; ", preparedNames()));
    }

    /** All that was sent is a document of the ERP, and the ERP's answers are handled. */
    void awaitSettled(Duration patience) {
        Probe.until(
                "everything in the ERP",
                patience,
                this::isSettled,
                () -> unhandled() + " unhandled, " + waitingForImport() + " to import, cases " + openCases()
                        + ", prepared " + preparedNames() + "; " + hub.lastLines());
    }

    /**
     * The order of the questions matters: a message counts as handled when its inbox row is committed, and its rows in the ERP may
     * then still be prepared, which hides them from whoever asks what waits for import.
     */
    boolean isSettled() {
        return hub.serverRuns()
                && unhandled() == 0
                && preparedNames().isEmpty()
                && waitingForImport() == 0
                && unhandled() == 0;
    }

    void awaitHandled(Duration patience) {
        awaitHandled(patience, this::unhandled);
    }

    /** Handled, or kept in a hospital under their keys: what nonsense leads to. */
    void awaitHandledOrParked(Duration patience) {
        awaitHandled(
                patience,
                () -> number(
                        "retailhub",
                        "select count(*) from (" + UNHANDLED
                                + ") u where business_key not in (select business_key from (" + CASES
                                + ") c where state not in ('done', 'discarded'))"));
    }

    /** Keys that are parked because of a fault of the hub itself. */
    List<String> parkedByAFault() {
        return query(
                "retailhub",
                "select business_key || ' ' || detail from (" + CASES + ") c where code = 'RUN-9999'",
                row -> row.getString(1));
    }

    void awaitHandled(Duration patience, Collection<Expected> orders) {
        awaitHandled(patience, () -> unhandled(orders));
    }

    private void awaitHandled(Duration patience, IntSupplier unhandled) {
        Probe.until(
                "all messages handled",
                patience,
                () -> unhandled.getAsInt() == 0,
                () -> unhandled.getAsInt() + " not handled; cases " + openCases() + "; prepared " + preparedNames()
                        + "; " + hub.lastLines());
    }

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    void execute(String database, String... statements) {
        try (Connection connection = DriverManager.getConnection(hub.jdbcUrl(database, "postgres"));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    int number(String database, String sql, Object... arguments) {
        return query(database, sql, row -> row.getInt(1), arguments).get(0);
    }

    <T> List<T> query(String database, String sql, Row<T> reading, Object... arguments) {
        try (Connection connection = DriverManager.getConnection(hub.jdbcUrl(database, "postgres"));
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof String[] texts) {
                    statement.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    statement.setObject(i + 1, arguments[i]);
                }
            }
            List<T> result = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    result.add(reading.read(rows));
                }
            }
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
