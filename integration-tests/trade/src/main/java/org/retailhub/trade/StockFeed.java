package org.retailhub.trade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells the hub what moved, as a till or a stockroom does: numbers without gaps, so many lines a request. Not thread-safe. */
public final class StockFeed {
    private static final int MOST_LINES = 1_000;

    private final HubClient hub;
    private final String feed;
    private final List<ObjectNode> waiting = new ArrayList<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private long told;

    public StockFeed(HubClient hub, String feed) {
        this.hub = hub;
        this.feed = feed;
    }

    public String name() {
        return feed;
    }

    /** How many numbers were given. */
    public long told() {
        return told;
    }

    /** What the hub did not take, by its problem's code. */
    public Map<String, Integer> refused() {
        return refused;
    }

    /** @param movement all but feed and sequence */
    public void add(ObjectNode movement) {
        waiting.add(movement.put("feed", feed).put("sequence", ++told));
        if (waiting.size() == MOST_LINES) {
            send();
        }
    }

    public void send() {
        tell(waiting);
        waiting.clear();
    }

    /** As a till does that was offline: its last ones first, and some of them twice. */
    void sendMixedUp() {
        List<ObjectNode> mixed = new ArrayList<>(waiting);
        Collections.reverse(mixed);
        tell(mixed);
        tell(mixed.subList(0, mixed.size() / 2));
        waiting.clear();
    }

    private void tell(List<ObjectNode> movements) {
        if (movements.isEmpty()) {
            return;
        }
        for (JsonNode verdict : hub.postLines("/api/inventory/v1/movements", movements)) {
            int status = verdict.path("status").asInt();
            if (status != 201 && status != 200) {
                refused.merge(verdict.path("problem").path("code").asText(Integer.toString(status)), 1, Integer::sum);
            }
        }
    }
}
