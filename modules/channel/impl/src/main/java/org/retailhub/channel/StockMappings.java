package org.retailhub.channel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.retailhub.platform.runtime.sql.Database;

/** What channels call our SKUs and places. Joins the caller's transaction. */
public final class StockMappings {
    /** Of all that a channel sells from, shown as one place there. */
    public static final String POOL = "";

    /** @param channelItem such as Shopify's inventory item id */
    public record Item(String sku, String channelItem) {}

    /** @param location empty for the pool; @param channelLocation empty for a place that the channel is told nothing of */
    public record Place(String location, String channelLocation) {}

    /** A connection that is told of stock, with its places by location. */
    public record Told(String connection, Map<String, String> places) {
        /** Under which locations a change at this one is to be told: of the pool, of itself, or of itself until somebody says. */
        public List<String> affectedBy(String location) {
            List<String> affected = new ArrayList<>(2);
            if (places.containsKey(POOL)) {
                affected.add(POOL);
            }
            String itself = places.get(location);
            if (itself == null ? affected.isEmpty() : !itself.isEmpty()) {
                affected.add(location);
            }
            return affected;
        }
    }

    private final Database database;

    StockMappings(Database database) {
        this.database = database;
    }

    /**
     * Those of these tenants that are of such a kind and have an address, in the order of their codes. Nobody maps anything of theirs until
     * the transaction ends.
     */
    public Map<String, List<Told>> told(Collection<String> tenants, Collection<String> kinds) {
        Map<String, String> tenantOf = new java.util.LinkedHashMap<>();
        database.query(
                """
                select code, tenant from connection where tenant = any(?) and kind = any(?) and api_url is not null
                order by code for share""",
                row -> tenantOf.put(row.getString(1), row.getString(2)),
                tenants.toArray(String[]::new),
                kinds.toArray(String[]::new));
        Map<String, Map<String, String>> places = places(tenantOf.keySet());
        Map<String, List<Told>> told = new HashMap<>();
        tenantOf.forEach((connection, tenant) -> told.computeIfAbsent(tenant, t -> new ArrayList<>())
                .add(new Told(connection, places.getOrDefault(connection, Map.of()))));
        return told;
    }

    private Map<String, Map<String, String>> places(Collection<String> connections) {
        Map<String, Map<String, String>> places = new HashMap<>();
        database.query(
                "select connection, location, channel_location from stock_place where connection = any(?)",
                row -> places.computeIfAbsent(row.getString(1), c -> new HashMap<>())
                        .put(row.getString(2), row.getString(3)),
                (Object) connections.toArray(String[]::new));
        return places;
    }

    /** In the order of their SKUs. */
    public List<Item> items(String connection, String after, int limit) {
        return database.query(
                "select sku, channel_item from stock_item where connection = ? and sku > ? order by sku limit ?",
                row -> new Item(row.getString(1), row.getString(2)),
                connection,
                after,
                limit);
    }

    /** In the order of their locations. */
    public List<Place> places(String connection) {
        return database.query(
                "select location, channel_location from stock_place where connection = ? order by location",
                row -> new Place(row.getString(1), row.getString(2)),
                connection);
    }

    /** Other SKUs that have one of these items already. */
    List<Item> taken(String connection, List<Item> items) {
        return database.query(
                """
                select i.sku, i.channel_item from unnest(?, ?) as k(sku, item)
                  join stock_item i on i.connection = ? and i.channel_item = k.item and i.sku <> k.sku
                order by 1""",
                row -> new Item(row.getString(1), row.getString(2)),
                items.stream().map(Item::sku).toArray(String[]::new),
                items.stream().map(Item::channelItem).toArray(String[]::new),
                connection);
    }

    /** The other place that the channel calls so. */
    Optional<String> taken(String connection, Place place) {
        return database.queryOne(
                "select location from stock_place where connection = ? and channel_location = ? and location <> ?"
                        + " and channel_location <> ''",
                row -> row.getString(1),
                connection,
                place.channelLocation(),
                place.location());
    }

    /** @return SKUs whose mapping is another one now */
    List<String> keep(String connection, List<Item> items, Instant now) {
        return database.query(
                """
                insert into stock_item as i (connection, sku, channel_item, taught_at)
                select ?, k.sku, k.item, ? from unnest(?, ?) as k(sku, item) order by 2
                on conflict (connection, sku) do update set channel_item = excluded.channel_item, taught_at = excluded.taught_at
                where i.channel_item <> excluded.channel_item
                returning sku""",
                row -> row.getString(1),
                connection,
                now,
                items.stream().map(Item::sku).toArray(String[]::new),
                items.stream().map(Item::channelItem).toArray(String[]::new));
    }

    /** @return whether it is another one now */
    boolean keep(String connection, Place place, Instant now) {
        return database.update("""
                        insert into stock_place as p (connection, location, channel_location, taught_at) values (?, ?, ?, ?)
                        on conflict (connection, location) do update set channel_location = excluded.channel_location,
                          taught_at = excluded.taught_at
                        where p.channel_location <> excluded.channel_location""", connection, place.location(), place.channelLocation(), now) == 1;
    }

    /** The pool is no place of the channel's any more. */
    void forget(String connection, String location) {
        database.update("delete from stock_place where connection = ? and location = ?", connection, location);
    }
}
