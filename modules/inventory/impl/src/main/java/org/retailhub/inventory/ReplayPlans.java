package org.retailhub.inventory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Replays.Wanted;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sent.SentMessages.Key;
import org.retailhub.platform.runtime.sql.Database;

/** Finds what a replay sends, key by key in sequence, a page at a time. */
final class ReplayPlans {
    private static final int PAGE = 5_000;
    private static final int MOST_NAMED = 20;
    private static final Comparator<ReplayPlan.Told> BY_TIME = Comparator.comparing(ReplayPlan.Told::at)
            .thenComparing(ReplayPlan.Told::businessKey)
            .thenComparing(ReplayPlan.Told::sequence);

    private final Database database;
    private final Subscribers subscribers;

    ReplayPlans(Database database, Subscribers subscribers) {
        this.database = database;
        this.subscribers = subscribers;
    }

    /** What of a time the subscriber is fed with, and is about the SKU and the location. */
    private List<ReplayPlan.Told> told(Wanted wanted, Key after, int most) {
        String place = place(wanted);
        String[] types = Subscribers.typesOf(wanted.subscriber()).toArray(String[]::new);
        return database.query(
                """
                select sent_at, business_key, sequence, type from sent_message
                where destination = ? and tenant = ? and sent_at >= ? and sent_at < ? and (business_key, sequence) > (?, ?)
                  and (cardinality(?) = 0 or type = any(?))
                  and (? or body::jsonb @> ?::jsonb or body::jsonb -> 'items' @> jsonb_build_array(?::jsonb))
                order by business_key, sequence limit ?""",
                row -> new ReplayPlan.Told(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4)),
                InventoryQueues.EVENTS,
                wanted.tenant(),
                wanted.from(),
                wanted.to(),
                after.businessKey(),
                after.sequence(),
                types,
                types,
                place.equals("{}"),
                place,
                place,
                most);
    }

    private static String place(Wanted wanted) {
        ObjectNode place = StrictJson.mapper().createObjectNode();
        if (!wanted.sku().isEmpty()) {
            place.put("sku", wanted.sku());
        }
        if (!wanted.location().isEmpty()) {
            place.put("location", wanted.location());
        }
        return place.toString();
    }

    private static Key key(ReplayPlan.Told told) {
        return new Key(InventoryQueues.EVENTS, told.businessKey(), told.sequence());
    }

    /** Those after this one. */
    List<Key> page(Wanted wanted, Key after, int most) {
        return told(wanted, after, most).stream().map(ReplayPlans::key).toList();
    }

    /** Reads all of it, and asks the subscriber. */
    ReplayPlan of(Wanted wanted) {
        Sum sum = new Sum();
        Key after = new Key(InventoryQueues.EVENTS, "", 0);
        List<ReplayPlan.Told> page;
        do {
            page = told(wanted, after, PAGE);
            if (!page.isEmpty()) {
                sum.add(
                        page,
                        subscribers.handled(
                                wanted.subscriber(),
                                page.stream().map(ReplayPlan.Told::businessKey).collect(Collectors.toSet())));
                after = key(page.get(page.size() - 1));
            }
        } while (page.size() == PAGE);
        return sum.plan();
    }

    private static final class Sum {
        private final SortedMap<String, Long> types = new TreeMap<>();
        private final List<String> someKeys = new ArrayList<>();
        private long messages;
        private long keys;
        private boolean knows = true;
        private long handled;
        private long waiting;
        private String key = "";
        private ReplayPlan.@Nullable Told first;
        private ReplayPlan.@Nullable Told last;

        void add(List<ReplayPlan.Told> page, Optional<Map<String, Long>> numbers) {
            knows = knows && numbers.isPresent();
            for (ReplayPlan.Told told : page) {
                long done = numbers.isPresent() ? numbers.get().getOrDefault(told.businessKey(), 0L) : 0;
                messages++;
                types.merge(told.type(), 1L, Long::sum);
                handled += told.sequence() <= done ? 1 : 0;
                if (!told.businessKey().equals(key)) {
                    key = told.businessKey();
                    keys++;
                    waiting += told.sequence() > done + 1 ? 1 : 0;
                    if (someKeys.size() < MOST_NAMED) {
                        someKeys.add(key);
                    }
                }
                first = first == null || BY_TIME.compare(told, first) < 0 ? told : first;
                last = last == null || BY_TIME.compare(told, last) > 0 ? told : last;
            }
        }

        ReplayPlan plan() {
            return new ReplayPlan(
                    messages, keys, types, someKeys, first, last, knows ? handled : null, knows ? waiting : null);
        }
    }
}
