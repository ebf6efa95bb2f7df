package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What was told of stock is told once more to one subscriber: a queue that a divert feeds as those of modules. Looked at first; then the
 * same messages come to it and to nobody else, and nothing of the business has changed.
 */
class ReplayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STOCK = "/api/inventory/v1/";
    private static final String PROBE = "inventory.events.probe";
    private static final List<String> SERVER = List.of("subsystem", "messaging-activemq", "server", "default");
    private static World world;
    private static Management management;

    @BeforeAll
    static void subscribe() {
        world = World.shared();
        management = world.hub().management();
        management.execute(
                under("jms-queue"), "add", Map.of("entries", List.of("java:/jms/queue/" + PROBE), "durable", true));
        management.execute(
                under("divert"),
                "add",
                Map.of(
                        "divert-address",
                        "jms.topic.inventory.events",
                        "forwarding-address",
                        "jms.queue." + PROBE,
                        "exclusive",
                        false));
    }

    @AfterAll
    static void unsubscribe() {
        management.execute(under("divert"), "remove", Map.of());
        management.execute(under("jms-queue"), "remove", Map.of());
    }

    private static List<String> under(String kind) {
        List<String> address = new ArrayList<>(SERVER);
        address.addAll(List.of(kind, PROBE));
        return address;
    }

    @Test
    void whatWasToldIsLookedAtAndToldOnceMoreToOneSubscriberAlone() {
        String sku = "REPLAY-" + Long.toString(System.nanoTime(), 36);
        Instant from = Instant.now();
        for (int i = 1; i <= 5; i++) {
            World.require(
                    world.warehouse()
                            .post(
                                    STOCK + "movements",
                                    "{\"feed\":\"wms\",\"document\":\"" + sku + "-" + i
                                            + "\",\"kind\":\"receipt\",\"sku\":\"" + sku
                                            + "\",\"location\":\"dc-1\",\"quantity\":1,\"occurredAt\":\"2026-11-23T10:00:00Z\"}"));
        }
        Probe.until("five are told", PATIENCE, () -> told(sku).size() == 5, () -> told(sku));
        List<String> original = told(sku);
        Instant to = Instant.now().plusMillis(1).truncatedTo(ChronoUnit.MILLIS);
        Probe.until("the period is over", PATIENCE, () -> Instant.now().isAfter(to), () -> to);

        Map<String, String> before = tables();
        Shop.Answer plan = World.require(world.operator()
                .post(
                        STOCK + "replays?tenant=acme",
                        "{\"reference\":\"" + sku + "\",\"subscriber\":\"" + PROBE + "\",\"from\":\"" + from
                                + "\",\"to\":\"" + to + "\",\"sku\":\"" + sku + "\"}"));
        assertEquals(201, plan.status());
        assertEquals("planned", plan.text("state"));
        assertEquals(5, plan.body().path("plan").path("messages").asInt(), plan::toString);
        assertEquals(before, tables());
        assertEquals(5, told(sku).size(), "a dry run sends nothing");

        String runs = STOCK + "replays/" + plan.text("replayId") + "/runs?tenant=acme";
        World.require(world.operator().post(runs, "{\"canary\":2}"));
        awaitState(plan, "paused");
        assertEquals(7, told(sku).size());
        World.require(world.operator().post(runs, "{\"rate\":1000}"));
        awaitState(plan, "done");
        List<String> twice = new ArrayList<>(original);
        twice.addAll(original);
        assertEquals(
                twice.stream().sorted().toList(), told(sku).stream().sorted().toList());
        assertEquals(before, tables());
    }

    @Test
    void nobodyIsToldWhoDoesNotSubscribe() {
        Shop.Answer refused = world.operator()
                .post(
                        STOCK + "replays?tenant=acme",
                        "{\"reference\":\"R\",\"subscriber\":\"order.commands\",\"from\":\"2026-11-23T00:00:00Z\",\"to\":\"2026-11-24T00:00:00Z\"}");
        assertEquals(400, refused.status());
        assertEquals("INV-1040", refused.text("code"));
        assertTrue(refused.body().toString().contains(PROBE), refused::toString);
    }

    private static void awaitState(Shop.Answer plan, String state) {
        String path = STOCK + "replays/" + plan.text("replayId") + "?tenant=acme";
        Probe.until(
                "the replay is " + state,
                PATIENCE,
                () -> state.equals(world.operator().get(path).text("state")),
                () -> world.operator().get(path) + "; " + world.hub().lastLines());
    }

    /** Ids with key and number of the messages about it that lie at the probe, censuses left out. */
    private static List<String> told(String sku) {
        List<String> found = new ArrayList<>();
        for (JsonNode each : management.messages(PROBE)) {
            String text = each.toString();
            if (text.contains(sku)) {
                found.add(each.path("messageId").asText() + " "
                        + each.path("businessKey").asText() + " #"
                        + each.path("sequence").asText() + " "
                        + each.path("JMSType").asText());
            }
        }
        return found;
    }

    /** A checksum of each table of stock but the replay's own row, audit, trace, inbox and what the server's own loops keep. */
    private static Map<String, String> tables() {
        Books books = world.hub().books();
        Map<String, String> sums = new TreeMap<>();
        for (String table : books.query(
                "retailhub",
                "select table_name from information_schema.tables where table_schema = 'inventory' and table_type = 'BASE TABLE'"
                        + " and table_name not in ('audit_entry', 'trace_hop', 'inbox', 'replay', 'node', 'census', 'drain_lease')",
                row -> row.getString(1))) {
            sums.put(
                    table,
                    books.query(
                                    "retailhub",
                                    "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') from inventory."
                                            + table + " t",
                                    row -> row.getString(1))
                            .get(0));
        }
        return sums;
    }
}
