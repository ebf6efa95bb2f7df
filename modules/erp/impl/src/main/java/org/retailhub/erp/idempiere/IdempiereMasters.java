package org.retailhub.erp.idempiere;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.domain.MasterReader;
import org.retailhub.masterdata.api.LearnMaster;
import org.retailhub.platform.runtime.sql.Database;

/**
 * iDempiere's own tables of masters, read by their keys; an index on {@code Updated}, which it does not have by itself, makes a look at what
 * changed cheaper. Of a business partner comes nothing that tells who it is. A tax is known by its indicator, as documents name it, else by
 * its name.
 */
public final class IdempiereMasters implements MasterReader {
    /** Where a kind is, and what of it. */
    private record Place(String table, String columns, String condition) {}

    private static final Map<String, Place> PLACES = Map.of(
            LearnMaster.ITEM, new Place("m_product", "value, name, isactive, sku, upc, null::numeric", ""),
            LearnMaster.CUSTOMER,
                    new Place(
                            "c_bpartner", "value, null, isactive, null, null, null::numeric", " and iscustomer = 'Y'"),
            LearnMaster.LOCATION, new Place("m_warehouse", "value, name, isactive, null, null, null::numeric", ""),
            LearnMaster.TAX_CODE,
                    new Place("c_tax", "coalesce(taxindicator, left(name, 40)), name, isactive, null, null, rate", ""));

    private final Database erp;
    private final long client;

    public IdempiereMasters(Database erp) {
        this.erp = erp;
        this.client = Mapping.load().client();
    }

    @Override
    public String target() {
        return IdempiereAdapter.TARGET;
    }

    @Override
    public Set<String> kinds() {
        return PLACES.keySet();
    }

    @Override
    public Moment now() {
        return IdempiereAdapter.asking(() -> erp.queryOne(
                        """
                        select localtimestamp, pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint
                        from pg_current_snapshot() as s""", row -> new Moment(row.getObject(1, LocalDateTime.class), row.getLong(2), row.getLong(3)))
                .orElseThrow());
    }

    @Override
    public List<Master> changed(String kind, @Nullable LocalDateTime since, long after, int limit) {
        Place place = Objects.requireNonNull(PLACES.get(kind), "one of the kinds");
        String key = place.table() + "_id";
        String sql = "select " + key + ", coalesce(updated, timestamp 'epoch'), " + place.columns() + " from "
                + place.table()
                + " where ad_client_id = ? and " + key + " > ?" + place.condition()
                + (since == null ? "" : " and updated >= ?::timestamp")
                + " order by " + key + " limit " + limit;
        Object[] arguments =
                since == null ? new Object[] {client, after} : new Object[] {client, after, since.toString()};
        return IdempiereAdapter.asking(() -> erp.query(
                sql,
                row -> new Master(
                        row.getLong(1),
                        row.getObject(2, LocalDateTime.class),
                        row.getString(3),
                        row.getString(4),
                        !"N".equals(row.getString(5)),
                        row.getString(6),
                        row.getString(7),
                        row.getBigDecimal(8)),
                arguments));
    }
}
