package org.retailhub.trade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.retailhub.simulator.erp.ErpConnections;

/** The ERP's documents of certain orders, read in its own database: what others booked meanwhile does not count. */
public final class Books {
    private static final String DOCUMENTS = """
            select o.documentno, count(distinct o.c_order_id)::int, count(l.c_orderline_id)::int, sum(l.linenetamt),
              min(c.iso_code), coalesce(min(co.countrycode), '')
            from c_order o
            join c_currency c on c.c_currency_id = o.c_currency_id
            left join c_orderline l on l.c_order_id = o.c_order_id
            left join c_bpartner_location bl on bl.c_bpartner_location_id = o.c_bpartner_location_id
            left join c_location lo on lo.c_location_id = bl.c_location_id
            left join c_country co on co.c_country_id = lo.c_country_id
            where o.documentno = any (?) group by o.documentno""";

    private final ErpConnections erp;

    public Books(Installation installation) {
        this.erp = new ErpConnections(
                "jdbc:postgresql://127.0.0.1:" + installation.postgresPort() + "/idempiere",
                "adempiere",
                installation.secret("RETAIL_DB_ADEMPIERE_PASSWORD"));
    }

    /** Orders without document have no entry; several documents of one order are summed, and counted. */
    public Map<String, Booked> of(Collection<String> orderIds) throws SQLException {
        Map<String, Booked> found = new TreeMap<>();
        try (Connection connection = erp.open();
                PreparedStatement statement = connection.prepareStatement(DOCUMENTS)) {
            statement.setArray(1, connection.createArrayOf("text", orderIds.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getString(1),
                            new Booked(
                                    row.getInt(2),
                                    row.getInt(3),
                                    row.getBigDecimal(4),
                                    row.getString(5),
                                    row.getString(6)));
                }
            }
        }
        return found;
    }
}
