package org.retailhub.simulator.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the shop shows of its items at its places: absolute values, each with what it was set to one after the other. Calls for it may be lost on
 * their way there or back, fail, or take their time, by a seed.
 */
public final class ShopStock {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What becomes of calls, in percent; what is left is answered.
     *
     * @param lostBefore not done, and no answer
     * @param lostAfter done, and no answer
     * @param failing answered 503, done or not
     * @param mostMillis the longest that an answer takes
     */
    public record Conditions(int lostBefore, int lostAfter, int failing, int mostMillis) {
        public static final Conditions GOOD = new Conditions(0, 0, 0, 0);
    }

    /** How a call goes on its way. */
    record Way(boolean isDone, int status, int millis) {
        boolean isAnswered() {
            return status > 0;
        }
    }

    private final Map<String, Long> levels = new TreeMap<>();
    private final Map<String, List<Long>> history = new TreeMap<>();
    private final Random random;
    private Conditions conditions = Conditions.GOOD;
    private int sets;

    ShopStock(long seed) {
        this.random = new Random(seed);
    }

    public synchronized void conditions(Conditions next) {
        conditions = next;
    }

    synchronized Way way() {
        int fate = random.nextInt(100);
        int millis = conditions.mostMillis() == 0 ? 0 : random.nextInt(conditions.mostMillis());
        if (fate < conditions.lostBefore()) {
            return new Way(false, 0, millis);
        }
        fate -= conditions.lostBefore();
        if (fate < conditions.lostAfter()) {
            return new Way(true, 0, millis);
        }
        fate -= conditions.lostAfter();
        return fate < conditions.failing() ? new Way(random.nextBoolean(), 503, millis) : new Way(true, 200, millis);
    }

    /** The item is stocked at the place; others cannot be set. */
    public synchronized void stock(String item, String location) {
        levels.putIfAbsent(key(item, location), 0L);
    }

    /** A sale in the shop, of which the hub hears later, or never. */
    public synchronized void sell(String item, String location, int quantity) {
        levels.merge(key(item, location), (long) -quantity, Long::sum);
    }

    /** What is shown; null if it is not stocked there. */
    public synchronized @Nullable Long available(String item, String location) {
        return levels.get(key(item, location));
    }

    /** What it was set to, one after the other. */
    public synchronized List<Long> history(String item, String location) {
        return List.copyOf(history.getOrDefault(key(item, location), List.of()));
    }

    /** How often any was set. */
    public synchronized int sets() {
        return sets;
    }

    /** @return the level, or null if it is not stocked there */
    synchronized @Nullable ObjectNode set(JsonNode wanted) {
        String item = wanted.path("inventory_item_id").asText();
        String location = wanted.path("location_id").asText();
        String key = key(item, location);
        if (!levels.containsKey(key) || !wanted.path("available").isIntegralNumber()) {
            return null;
        }
        long value = wanted.path("available").asLong();
        sets++;
        levels.put(key, value);
        history.computeIfAbsent(key, any -> new ArrayList<>()).add(value);
        return level(key, value);
    }

    synchronized ArrayNode levels(Set<String> items, Set<String> locations) {
        ArrayNode found = JSON.createArrayNode();
        levels.forEach((key, value) -> {
            String[] parts = key.split("@");
            if (items.contains(parts[0]) && locations.contains(parts[1])) {
                found.add(level(key, value));
            }
        });
        return found;
    }

    private static ObjectNode level(String key, long value) {
        String[] parts = key.split("@");
        return JSON.createObjectNode()
                .put("inventory_item_id", Long.parseLong(parts[0]))
                .put("location_id", Long.parseLong(parts[1]))
                .put("available", value)
                .put("updated_at", "2026-11-28T10:00:00+01:00");
    }

    private static String key(String item, String location) {
        return item + "@" + location;
    }
}
