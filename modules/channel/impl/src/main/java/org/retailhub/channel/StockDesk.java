package org.retailhub.channel;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.StockMappings.Item;
import org.retailhub.channel.StockMappings.Place;
import org.retailhub.channel.StockPublications.Key;
import org.retailhub.channel.domain.Publication.State;

/** What operators say about stock at a channel: what it is called there, and what is to be sent again. In the caller's transaction. */
public final class StockDesk {
    /** What became of what somebody teaches. */
    public sealed interface Taught {
        /** How many were news. */
        record Kept(int changed) implements Taught {}

        /** Others are called so already. @param by ours, with the channel's names */
        record Taken(List<String> by) implements Taught {}

        record NoSuchConnection() implements Taught {}
    }

    private final Connections connections;
    private final StockMappings mappings;
    private final StockPublications publications;
    private final Clock clock;

    StockDesk(Connections connections, StockMappings mappings, StockPublications publications, Clock clock) {
        this.connections = connections;
        this.mappings = mappings;
        this.publications = publications;
        this.clock = clock;
    }

    /** Each SKU and each item once. What is known changes nothing; what is news is told at every place that the channel has a name for. */
    public Taught teachItems(String connection, List<Item> items) {
        if (!connections.lock(connection)) {
            return new Taught.NoSuchConnection();
        }
        List<Item> taken = mappings.taken(connection, items);
        if (!taken.isEmpty()) {
            return new Taught.Taken(taken.stream()
                    .map(each -> each.channelItem() + " is " + each.sku())
                    .toList());
        }
        List<String> changed = mappings.keep(connection, items, clock.instant());
        SortedMap<Key, Long> due = new TreeMap<>();
        List<String> named = named(connection);
        changed.forEach(sku -> named.forEach(location -> due.put(new Key(connection, sku, location), 0L)));
        publications.keysOf(connection, changed).forEach(key -> due.put(key, 0L));
        publications.hear(due, clock.instant());
        return new Taught.Kept(changed.size());
    }

    private List<String> named(String connection) {
        return mappings.places(connection).stream()
                .filter(each -> !each.channelLocation().isEmpty())
                .map(Place::location)
                .toList();
    }

    /**
     * With the pool, what waited for a location of its own waits no more. A place that the channel is told nothing of any more keeps there what it
     * shows.
     */
    public Taught teachPlace(String connection, Place place) {
        if (!connections.lock(connection)) {
            return new Taught.NoSuchConnection();
        }
        var taken = mappings.taken(connection, place);
        if (taken.isPresent()) {
            return new Taught.Taken(
                    List.of(place.channelLocation() + " is " + (taken.get().isEmpty() ? "the pool" : taken.get())));
        }
        boolean isPool = place.location().isEmpty();
        if (place.channelLocation().isEmpty()) {
            if (isPool) {
                mappings.forget(connection, place.location());
            } else {
                mappings.keep(connection, place, clock.instant());
            }
            publications.forget(connection, place.location());
            return new Taught.Kept(1);
        }
        if (!mappings.keep(connection, place, clock.instant())) {
            return new Taught.Kept(0);
        }
        Set<String> skus = new HashSet<>(publications.skusOf(connection));
        for (List<Item> page = mappings.items(connection, "", 1_000);
                !page.isEmpty();
                page = mappings.items(connection, page.get(page.size() - 1).sku(), 1_000)) {
            page.forEach(item -> skus.add(item.sku()));
        }
        if (isPool) {
            publications.forgetNameless(connection);
        }
        SortedMap<Key, Long> due = new TreeMap<>();
        skus.forEach(sku -> due.put(new Key(connection, sku, place.location()), 0L));
        publications.hear(due, clock.instant());
        return new Taught.Kept(1);
    }

    /** The newest once more, whatever was sent. @param sku, state null for all; @return how many, null if there is no such connection */
    public @Nullable Integer resend(String connection, @Nullable String sku, @Nullable State state) {
        if (!connections.lock(connection)) {
            return null;
        }
        List<Key> keys = new ArrayList<>(publications.keysOf(connection, sku, state));
        SortedMap<Key, Long> due = new TreeMap<>();
        keys.forEach(key -> due.put(key, 0L));
        publications.hear(due, clock.instant());
        return keys.size();
    }
}
