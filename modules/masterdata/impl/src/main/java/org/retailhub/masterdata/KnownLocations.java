package org.retailhub.masterdata;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.masterdata.domain.LocationContent;
import org.retailhub.platform.runtime.sql.Database;

/** The places of all tenants, one tenant a call. */
public final class KnownLocations {
    /** A place with what counts its changes. */
    public record Stored(LocationContent content, long version, Instant updatedAt) {}

    private static final String SELECT = """
            select location_id, kind, name, legal_entity, erp_warehouse, line1, city, postal_code, region, country, latitude,
              longitude, active, fulfilment, version, updated_at from location where tenant = ? and\s""";

    private final Database database;
    private final AuditTrail audit;

    public KnownLocations(Database database, AuditTrail audit) {
        this.database = database;
        this.audit = audit;
    }

    /**
     * Takes over what is new, in the caller's transaction. Rows are taken in the order of their ids: no two batches lock each other out.
     *
     * @param contents with different ids
     * @return versions of those that were written; 1 is a new one
     */
    public Map<String, Long> learn(String tenant, List<LocationContent> contents, String actor, Instant now) {
        List<LocationContent> sorted = contents.stream()
                .sorted(Comparator.comparing(LocationContent::id))
                .toList();
        Map<String, Long> written = new HashMap<>();
        database.query(
                """
                insert into location (tenant, location_id, kind, name, legal_entity, erp_warehouse, line1, city, postal_code,
                  region, country, latitude, longitude, active, fulfilment, version, created_at, updated_at)
                select ?, u.*, 1, ?, ? from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as u
                on conflict (tenant, location_id) do update set kind = excluded.kind, name = excluded.name,
                  legal_entity = excluded.legal_entity, erp_warehouse = excluded.erp_warehouse, line1 = excluded.line1,
                  city = excluded.city, postal_code = excluded.postal_code, region = excluded.region,
                  country = excluded.country, latitude = excluded.latitude, longitude = excluded.longitude,
                  active = excluded.active, fulfilment = excluded.fulfilment, version = location.version + 1, updated_at = excluded.updated_at
                where (location.kind, location.name, location.legal_entity, location.erp_warehouse, location.line1, location.city,
                  location.postal_code, location.region, location.country, location.latitude, location.longitude, location.active,
                  location.fulfilment)
                  is distinct from (excluded.kind, excluded.name, excluded.legal_entity, excluded.erp_warehouse, excluded.line1,
                  excluded.city, excluded.postal_code, excluded.region, excluded.country, excluded.latitude, excluded.longitude,
                  excluded.active, excluded.fulfilment)
                returning location_id, version""",
                row -> written.put(row.getString(1), row.getLong(2)),
                tenant,
                now,
                now,
                Columns.texts(sorted, LocationContent::id),
                Columns.texts(sorted, LocationContent::kind),
                Columns.texts(sorted, LocationContent::name),
                Columns.texts(sorted, LocationContent::legalEntity),
                Columns.texts(sorted, LocationContent::erpWarehouse),
                Columns.texts(sorted, LocationContent::line1),
                Columns.texts(sorted, LocationContent::city),
                Columns.texts(sorted, LocationContent::postalCode),
                Columns.texts(sorted, LocationContent::region),
                Columns.texts(sorted, LocationContent::country),
                Columns.decimals(sorted, LocationContent::latitude),
                Columns.decimals(sorted, LocationContent::longitude),
                sorted.stream().map(LocationContent::active).toArray(Boolean[]::new),
                Columns.texts(sorted, content -> FulfilmentText.write(content.fulfilment())));
        audit.append(
                tenant,
                actor,
                now,
                written.entrySet().stream()
                        .map(each -> new AuditTrail.Entry(
                                each.getValue() == 1 ? "location-created" : "location-changed",
                                "location " + each.getKey(),
                                "version " + each.getValue()))
                        .toList());
        return written;
    }

    public Optional<Stored> find(String tenant, String id) {
        return database.queryOne(SELECT + "location_id = ?", KnownLocations::stored, tenant, id);
    }

    /** By id, those after {@code after} (exclusive; empty: from the first). */
    public List<Stored> page(String tenant, String after, int limit) {
        return database.query(
                SELECT + "location_id > ? order by location_id limit ?", KnownLocations::stored, tenant, after, limit);
    }

    /** The known ones among {@code ids}; one query whatever the number. */
    public Map<String, LocationView> views(String tenant, Set<String> ids) {
        Map<String, LocationView> views = new HashMap<>();
        database.query(
                        SELECT + "location_id = any(?)",
                        row -> view(stored(row).content()),
                        tenant,
                        ids.toArray(String[]::new))
                .forEach(view -> views.put(view.id(), view));
        return views;
    }

    public List<LocationView> active(String tenant) {
        return database.query(
                SELECT + "active order by location_id", row -> view(stored(row).content()), tenant);
    }

    private static LocationView view(LocationContent content) {
        return new LocationView(
                content.id(),
                content.kind(),
                content.name(),
                content.legalEntity(),
                content.erpWarehouse(),
                content.country(),
                content.region(),
                content.postalCode(),
                content.latitude(),
                content.longitude(),
                content.active(),
                content.fulfilment());
    }

    private static Stored stored(ResultSet row) throws SQLException {
        LocationContent content = new LocationContent(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getBigDecimal(11),
                row.getBigDecimal(12),
                row.getBoolean(13),
                FulfilmentText.read(row.getString(14)));
        return new Stored(
                content,
                row.getLong(15),
                row.getObject(16, OffsetDateTime.class).toInstant());
    }
}
