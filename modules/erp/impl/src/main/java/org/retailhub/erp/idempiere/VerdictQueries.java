package org.retailhub.erp.idempiere;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.domain.ErpVerdict;
import org.retailhub.erp.domain.Pending;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What became of the rows of some orders. A row in error keeps I_IsImported = 'E', or goes back to 'N' with its reasons in I_ErrorMsg,
 * depending on the import's version. The others of its document are imported without it: that is a part of a document, and said so.
 */
final class VerdictQueries {
    // left(i_order_uu, 24) is RowId's origin: rows of an earlier version of the posting do not count. Nearly all orders
    // wait or are one document: ROWS, which sorts for each order, is asked about the others.
    private static final String LOOK = """
            select o.documentno, max(o.c_order_id)::bigint::text, bool_and(o.i_isimported = 'Y') and min(o.c_order_id) = max(o.c_order_id),
              bool_and(o.i_isimported = 'Y' or o.i_isimported = 'E' or trim(coalesce(o.i_errormsg, '')) <> '')
            from unnest(?, ?) as q(no, origin) join i_order o on o.documentno = q.no and left(o.i_order_uu, 24) = q.origin
            group by o.documentno""";

    private static final String ROWS = """
            select o.documentno, count(*), count(*) filter (where o.i_isimported = 'Y'),
              count(*) filter (where o.i_isimported <> 'Y' and (o.i_isimported = 'E' or trim(coalesce(o.i_errormsg, '')) <> '')),
              string_agg(distinct trim(both ', ' from o.i_errormsg), ', ') filter (where o.i_isimported <> 'Y'),
              max(o.c_order_id)::bigint::text, count(distinct o.c_order_id)
            from unnest(?, ?) as q(no, origin) join i_order o on o.documentno = q.no and left(o.i_order_uu, 24) = q.origin
            group by o.documentno""";

    // The documents of a correction are one verdict.
    private static final String CORRECTIONS = """
            select q.order_id, count(*), count(*) filter (where o.i_isimported = 'Y'),
              count(*) filter (where o.i_isimported <> 'Y' and (o.i_isimported = 'E' or trim(coalesce(o.i_errormsg, '')) <> '')),
              string_agg(distinct trim(both ', ' from o.i_errormsg), ', ') filter (where o.i_isimported <> 'Y'),
              max(o.c_order_id)::bigint::text, 1, string_agg(distinct o.documentno, ', ' order by o.documentno)
            from unnest(?, ?, ?) as q(order_id, no, origin)
              join i_order o on o.documentno = q.no and left(o.i_order_uu, 24) = q.origin
            group by q.order_id""";

    private static final String CORRECTING_DOCUMENTS = """
            select q.order_id, max(c.c_order_id)::bigint::text, string_agg(distinct c.documentno, ', ' order by c.documentno)
            from unnest(?, ?) as q(order_id, no) join c_order c on c.documentno = q.no
            where c.issotrx = 'Y' and c.ad_client_id = ? group by q.order_id""";

    private static final String DOCUMENTS = """
            select documentno, max(c_order_id)::bigint::text from c_order
            where documentno = any(?) and issotrx = 'Y' and ad_client_id = ? group by documentno""";

    private final Database erp;
    private final Mapping mapping;

    VerdictQueries(Database erp, Mapping mapping) {
        this.erp = erp;
        this.mapping = mapping;
    }

    Map<String, ErpVerdict> ask(Collection<Pending> pending) {
        Map<String, ErpVerdict> verdicts = new HashMap<>();
        Map<String, String> messageByOrder = new HashMap<>();
        List<Pending> corrections = new ArrayList<>();
        for (Pending one : pending) {
            if (one.correction()) {
                corrections.add(one);
            } else {
                messageByOrder.put(one.orderId(), one.messageId());
            }
        }
        if (!corrections.isEmpty()) {
            corrections(corrections, verdicts);
        }
        if (!messageByOrder.isEmpty()) {
            documents(messageByOrder, verdicts);
        }
        return verdicts;
    }

    private void corrections(List<Pending> pending, Map<String, ErpVerdict> verdicts) {
        Set<String> found = new HashSet<>();
        List<String[]> numbers = new ArrayList<>();
        for (Pending one : pending) {
            String origin = RowId.origin(one.messageId());
            numbers.add(new String[] {one.orderId(), FurtherDocuments.returns(one.orderId(), one.sequence()), origin});
            numbers.add(new String[] {one.orderId(), FurtherDocuments.adds(one.orderId(), one.sequence()), origin});
        }
        erp.query(
                CORRECTIONS,
                row -> {
                    found.add(row.getString(1));
                    ErpVerdict verdict = verdict(row);
                    if (verdict != null) {
                        verdicts.put(
                                row.getString(1),
                                verdict.accepted() ? corrected(row.getString(6), row.getString(8)) : verdict);
                    }
                    return verdicts;
                },
                column(numbers, 0),
                column(numbers, 1),
                column(numbers, 2));
        // Imported rows may have been deleted here too.
        numbers.removeIf(each -> found.contains(each[0]));
        if (!numbers.isEmpty()) {
            erp.query(
                    CORRECTING_DOCUMENTS,
                    row -> verdicts.put(row.getString(1), corrected(row.getString(2), row.getString(3))),
                    column(numbers, 0),
                    column(numbers, 1),
                    mapping.client());
        }
    }

    private static ErpVerdict corrected(String documentId, String numbers) {
        return new ErpVerdict(true, documentId, "corrected by " + numbers);
    }

    private static String[] column(List<String[]> rows, int column) {
        return rows.stream().map(row -> row[column]).toArray(String[]::new);
    }

    private void documents(Map<String, String> messageByOrder, Map<String, ErpVerdict> verdicts) {
        Set<String> found = new HashSet<>();
        Set<String> others = new HashSet<>();
        asking(LOOK, messageByOrder.keySet(), messageByOrder, row -> {
            found.add(row.getString(1));
            if (row.getBoolean(3)) {
                verdicts.put(row.getString(1), new ErpVerdict(true, row.getString(2), null));
            } else if (row.getBoolean(4)) {
                others.add(row.getString(1));
            }
            return found;
        });
        asking(ROWS, others, messageByOrder, row -> {
            ErpVerdict verdict = verdict(row);
            if (verdict != null) {
                verdicts.put(row.getString(1), verdict);
            }
            return verdicts;
        });
        // Imported rows may have been deleted by the ERP's housekeeping; its document stays.
        String[] withoutRows = messageByOrder.keySet().stream()
                .filter(order -> !found.contains(order))
                .toArray(String[]::new);
        if (withoutRows.length > 0) {
            erp.query(
                    DOCUMENTS,
                    row -> verdicts.put(row.getString(1), new ErpVerdict(true, row.getString(2), null)),
                    withoutRows,
                    mapping.client());
        }
    }

    private <T> void asking(
            String sql, Set<String> orders, Map<String, String> messageByOrder, Database.Row<T> reading) {
        if (!orders.isEmpty()) {
            String[] numbers = orders.toArray(String[]::new);
            String[] origins = Stream.of(numbers)
                    .map(order ->
                            RowId.origin(Objects.requireNonNull(messageByOrder.get(order), "asked by its own keys")))
                    .toArray(String[]::new);
            erp.query(sql, reading, numbers, origins);
        }
    }

    /** Null while the import has not looked at every row. */
    private static @Nullable ErpVerdict verdict(ResultSet row) throws SQLException {
        long rows = row.getLong(2);
        long imported = row.getLong(3);
        long errors = row.getLong(4);
        String documentId = row.getString(6);
        if (imported == rows) {
            long documents = row.getLong(7);
            return new ErpVerdict(true, documentId, documents > 1 ? "in " + documents + " documents" : null);
        }
        if (imported + errors < rows) {
            return null;
        }
        String words = row.getString(5);
        return new ErpVerdict(
                false,
                documentId,
                imported == 0
                        ? words
                        : "part of a document: " + imported + " of " + rows + " rows are in " + documentId + "; "
                                + words);
    }
}
