package org.retailhub.simulator.erp;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the ERP has in its books, counted in its own tables by SQL: documents and lines, not interface rows. For tests and for
 * the control's answers; reads only. Any role that may read the tables will do.
 */
public final class ErpLedger {
    private final ConnectionSource connections;

    public ErpLedger(ConnectionSource connections) {
        this.connections = connections;
    }

    /**
     * @param documents sales orders
     * @param lines theirs
     * @param doubled document numbers that more than one document has
     * @param waiting interface rows not imported and not in error
     * @param errors interface rows in error
     * @param postings rows of the hub's companion table
     */
    public record Counts(long documents, long lines, long doubled, long waiting, long errors, long postings) {}

    /** Money and number of the documents of one currency or country; {@code lines} is the sum without tax. What was returned counts below zero. */
    public record Total(String of, long documents, BigDecimal lines, BigDecimal grand) {}

    /** {@code type} is the name of its document type; a return's quantities and sums are positive. */
    public record Document(
            long id,
            String documentNo,
            String type,
            String currency,
            String partner,
            String contact,
            String country,
            BigDecimal totalLines,
            BigDecimal grandTotal,
            List<Line> lines) {}

    /** {@code item} is the product's key, or the charge's name. */
    public record Line(
            int line,
            String item,
            boolean charge,
            BigDecimal quantity,
            BigDecimal price,
            BigDecimal net,
            String description) {}

    /** A row as the client wrote it and what became of it. */
    public record InterfaceRow(
            long id, String documentNo, String item, String imported, String error, Long orderId, Long lineId) {}

    /**
     * A key whose postings do not follow its sequence.
     *
     * @param sequences in the order in which they were written
     * @param outOfOrder a lower or equal number came after a higher one
     * @param gaps a number below the highest is missing, counted from 1
     */
    public record Disorder(String businessKey, List<Long> sequences, boolean outOfOrder, boolean gaps) {}

    /** Interface rows that are not imported, found by an index: cheap enough to ask for again and again. */
    public record Backlog(long waiting, long errors) {}

    public Backlog backlog() throws SQLException {
        return list(
                        "select count(*) filter (where i_isimported <> 'E' and coalesce(trim(i_errormsg), '') = ''),"
                                + " count(*) filter (where i_isimported = 'E' or trim(i_errormsg) <> '')"
                                + " from i_order where i_isimported <> 'Y' and ('.' || coalesce(documentno, '')) collate \"C\" >= ?",
                        row -> new Backlog(row.getLong(1), row.getLong(2)),
                        "")
                .get(0);
    }

    /** Everything there is: reads whole tables. */
    public Counts counts() throws SQLException {
        return counts("");
    }

    /** Only documents, rows and postings whose number or key begins with {@code prefix}. */
    public Counts counts(String prefix) throws SQLException {
        String like = like(prefix);
        return new Counts(
                number("select count(*) from c_order where documentno like ?", like),
                number(
                        "select count(*) from c_orderline join c_order using (c_order_id) where documentno like ?",
                        like),
                number(
                        "select count(*) from (select 1 from c_order where documentno like ?"
                                + " group by documentno having count(*) > 1) d",
                        like),
                number(
                        "select count(*) from i_order where i_isimported <> 'Y' and coalesce(documentno, '') like ?"
                                + " and i_isimported <> 'E' and coalesce(trim(i_errormsg), '') = ''",
                        like),
                number(
                        "select count(*) from i_order where i_isimported <> 'Y' and coalesce(documentno, '') like ?"
                                + " and (i_isimported = 'E' or trim(i_errormsg) <> '')",
                        like),
                number("select count(*) from rh_posting where business_key like ?", like));
    }

    /** Document numbers that more than one document has, with how many. */
    public Map<String, Long> doubled(String prefix) throws SQLException {
        return map(
                "select documentno, count(*) from c_order where documentno like ? group by documentno"
                        + " having count(*) > 1 order by documentno limit 1000",
                like(prefix));
    }

    /** Documents and their number of lines. */
    public Map<String, Long> linesByDocument(String prefix) throws SQLException {
        return map(
                "select documentno, count(*) from c_order join c_orderline using (c_order_id) where documentno like ?"
                        + " group by documentno order by documentno",
                like(prefix));
    }

    /**
     * Documents of which the import left rows behind: some interface rows of the number became a document and others did not.
     */
    public List<String> partial(String prefix) throws SQLException {
        return List.copyOf(map(
                        "select documentno, count(*) filter (where i_isimported <> 'Y') from i_order where documentno like ?"
                                + " group by documentno having count(*) filter (where i_isimported <> 'Y') > 0"
                                + " and count(*) filter (where i_isimported = 'Y') > 0 order by documentno",
                        like(prefix))
                .keySet());
    }

    /** How many documents there are for each beginning of the number, cut at {@code length} characters. */
    public Map<String, Long> documentsByPrefix(int length) throws SQLException {
        return map(
                "select left(documentno, ?), count(*) from c_order group by 1 order by 2 desc, 1 limit 1000", length);
    }

    public List<Total> totalsByCurrency(String prefix) throws SQLException {
        return totals("c.iso_code", prefix);
    }

    /** By country of the address that the goods go to. */
    public List<Total> totalsByCountry(String prefix) throws SQLException {
        return totals("co.countrycode", prefix);
    }

    private List<Total> totals(String by, String prefix) throws SQLException {
        return list(
                "select " + by + ", count(*), sum(t.sign * o.totallines), sum(t.sign * o.grandtotal) from c_order o"
                        + " join (select c_doctype_id, case docsubtypeso when 'RM' then -1 else 1 end as sign from c_doctype) t"
                        + " on t.c_doctype_id = o.c_doctypetarget_id"
                        + " join c_currency c on c.c_currency_id = o.c_currency_id"
                        + " left join c_bpartner_location bl on bl.c_bpartner_location_id = o.c_bpartner_location_id"
                        + " left join c_location l on l.c_location_id = bl.c_location_id"
                        + " left join c_country co on co.c_country_id = l.c_country_id"
                        + " where o.documentno like ? group by 1 order by 1",
                row -> new Total(row.getString(1), row.getLong(2), row.getBigDecimal(3), row.getBigDecimal(4)),
                like(prefix));
    }

    /** All documents of this number, oldest first: more than one means that the same number was imported again. */
    public List<Document> documents(String documentNo) throws SQLException {
        List<Document> headers = list(
                "select o.c_order_id, o.documentno, c.iso_code, b.value, u.name, co.countrycode, o.totallines, o.grandtotal, t.name"
                        + " from c_order o join c_currency c on c.c_currency_id = o.c_currency_id"
                        + " join c_doctype t on t.c_doctype_id = o.c_doctypetarget_id"
                        + " join c_bpartner b on b.c_bpartner_id = o.c_bpartner_id"
                        + " left join ad_user u on u.ad_user_id = o.ad_user_id"
                        + " left join c_bpartner_location bl on bl.c_bpartner_location_id = o.c_bpartner_location_id"
                        + " left join c_location l on l.c_location_id = bl.c_location_id"
                        + " left join c_country co on co.c_country_id = l.c_country_id"
                        + " where o.documentno = ? order by o.c_order_id",
                row -> new Document(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(9),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getBigDecimal(7),
                        row.getBigDecimal(8),
                        List.of()),
                documentNo);
        List<Document> documents = new ArrayList<>();
        for (Document each : headers) {
            documents.add(new Document(
                    each.id,
                    each.documentNo,
                    each.type,
                    each.currency,
                    each.partner,
                    each.contact,
                    each.country,
                    each.totalLines,
                    each.grandTotal,
                    lines(each.id)));
        }
        return documents;
    }

    private List<Line> lines(long order) throws SQLException {
        return list(
                "select l.line, coalesce(p.value, c.name), l.c_charge_id is not null, l.qtyordered, l.priceactual,"
                        + " l.linenetamt, l.description from c_orderline l"
                        + " left join m_product p on p.m_product_id = l.m_product_id"
                        + " left join c_charge c on c.c_charge_id = l.c_charge_id where l.c_order_id = ? order by l.line",
                row -> new Line(
                        row.getInt(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getBigDecimal(4),
                        row.getBigDecimal(5),
                        row.getBigDecimal(6),
                        row.getString(7)),
                order);
    }

    public List<InterfaceRow> interfaceRows(String documentNo) throws SQLException {
        return list(
                "select i_order_id, documentno, coalesce(productvalue, upc, sku, chargename), i_isimported,"
                        + " coalesce(trim(i_errormsg), ''), c_order_id::bigint, c_orderline_id::bigint from i_order where documentno = ?"
                        + " order by i_order_id",
                row -> new InterfaceRow(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, Long.class),
                        row.getObject(7, Long.class)),
                documentNo);
    }

    /** Keys whose postings were not written in their sequence, 1, 2, 3 and so on: at most 1000 of them. */
    public List<Disorder> disorders(String prefix) throws SQLException {
        return list(
                "select business_key, array_agg(sequence order by serial), bool_or(sequence <= before),"
                        + " count(distinct sequence) <> max(sequence) from (select *,"
                        + " max(sequence) over (partition by business_key order by serial"
                        + " rows between unbounded preceding and 1 preceding) as before"
                        + " from rh_posting where business_key like ?) p group by business_key"
                        + " having bool_or(sequence <= before) or count(distinct sequence) <> max(sequence)"
                        + " order by business_key limit 1000",
                row -> new Disorder(
                        row.getString(1),
                        List.of((Long[]) row.getArray(2).getArray()),
                        row.getBoolean(3),
                        row.getBoolean(4)),
                like(prefix));
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, Reading<T> reading, Object parameter) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Connection connection = connections.open();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
            }
        }
        return found;
    }

    private Map<String, Long> map(String sql, Object parameter) throws SQLException {
        Map<String, Long> found = new LinkedHashMap<>();
        list(sql, row -> found.put(row.getString(1), row.getLong(2)), parameter);
        return found;
    }

    private long number(String sql, String parameter) throws SQLException {
        return list(sql, row -> row.getLong(1), parameter).get(0);
    }

    private static String like(String prefix) {
        return prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
