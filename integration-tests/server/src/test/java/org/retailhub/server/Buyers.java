package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many who want the same stock at once: by HTTP, in turn at each server, and by the queue of commands where the broker stands alone. What came
 * of it is counted in the tables, not in the answers.
 */
final class Buyers {
    static final int CLIENTS = 200;
    /** How often each situation is tried. */
    static final int ROUNDS = Integer.getInteger("retail.rounds", 1);

    private static final String STOCK = "/api/inventory/v1/";
    private static final String COMMANDS = "inventory.commands";
    private static final String TENANT = "acme";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;
    private final List<Doors> doors;
    private final Map<String, String> headers;
    private final String mark = Long.toString(System.nanoTime(), 36);
    private final AtomicInteger commanded = new AtomicInteger();

    /** @param servers of one hub */
    Buyers(World world, Hub... servers) {
        this.world = world;
        this.doors = Stream.of(servers).map(Doors::new).toList();
        String key = World.require(
                        world.operator()
                                .post(
                                        "/api/partner/v1/partners/shop-of-" + TENANT + "/credentials",
                                        "{\"name\":\"stock " + mark
                                                + "\",\"scopes\":[\"inventory:read\",\"inventory:write\",\"inventory:reserve\"]}"))
                .text("key");
        this.headers = Map.of("X-API-Key", key, "Content-Type", "application/json");
    }

    /** A name that nobody has used. */
    String name(String what, int round) {
        return what + "-" + mark + "-" + round + "-";
    }

    HttpResponse<String> reserve(int client, String reference, String... lines) {
        return send(client, "POST", "reservations", reservation(reference, lines));
    }

    HttpResponse<String> cancel(int client, HttpResponse<String> held) {
        String id = Doors.json(held.body()).path("reservationId").asText();
        return send(client, "DELETE", "reservations/" + id, null);
    }

    void receive(int client, String sku, int quantity) {
        HttpResponse<String> answer = send(
                client,
                "POST",
                "movements",
                "{\"feed\":\"wms\",\"document\":\"" + sku + "\",\"kind\":\"receipt\",\"sku\":\"" + sku
                        + "\",\"location\":\"dc-1\",\"quantity\":" + quantity
                        + ",\"occurredAt\":\"2026-11-23T10:00:00Z\"}");
        assertEquals(201, answer.statusCode(), answer::body);
    }

    /** As any client is answered. */
    JsonNode item(int client, String sku) {
        HttpResponse<String> answer = send(client, "GET", "availability?sku=" + sku + "&location=dc-1", null);
        assertEquals(200, answer.statusCode(), answer::body);
        return Doors.json(answer.body()).path("items").path(0);
    }

    private HttpResponse<String> send(int client, String method, String path, String body) {
        return doors.get(client % doors.size()).send(method, STOCK + path, body, headers);
    }

    static String line(String lineId, String sku, int quantity) {
        return "{\"lineId\":\"" + lineId + "\",\"sku\":\"" + sku + "\",\"location\":\"dc-1\",\"quantity\":" + quantity
                + "}";
    }

    /** Four of the one and one of the other. */
    static String bundle(String four, String one) {
        return "{\"lineId\":\"1\",\"sku\":\"SET\",\"location\":\"dc-1\",\"quantity\":1,\"components\":[{\"sku\":\""
                + four + "\",\"quantity\":4},{\"sku\":\"" + one + "\",\"quantity\":1}]}";
    }

    private static String reservation(String reference, String... lines) {
        return "{\"reference\":\"" + reference + "\",\"lines\":[" + String.join(",", lines) + "]}";
    }

    /** What is commanded from now on waits in the queue. */
    void holdCommands() {
        broker().pause(COMMANDS);
        commanded.set(0);
    }

    void releaseCommands() {
        broker().resume(COMMANDS);
    }

    void commandReservation(String reference, String... lines) {
        command("ReserveStock.v1", reference, 1, "{\"reservation\":" + reservation(reference, lines) + "}");
    }

    /** After {@link #commandReservation}. */
    void commandCancellation(String reference) {
        ObjectNode body = JSON.createObjectNode().put("reference", reference).put("document", "cancelled");
        command("ReleaseStock.v1", reference, 2, body.toString());
    }

    private void command(String type, String reference, int sequence, String body) {
        commanded.incrementAndGet();
        broker().send(
                        COMMANDS,
                        Map.of(
                                "JMSType",
                                type,
                                "messageId",
                                mark + "-" + reference + "-" + sequence,
                                "tenant",
                                TENANT,
                                "businessKey",
                                TENANT + "/" + reference,
                                "sequence",
                                Integer.toString(sequence),
                                "traceparent",
                                "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01",
                                "causedBy",
                                "",
                                "channel",
                                ""),
                        body);
    }

    private Broker broker() {
        return world.hub().broker();
    }

    /** All that was commanded since {@link #holdCommands} about references that begin so is done, and nothing is parked. */
    void awaitCommands(String references) {
        Probe.until(
                "commands handled",
                PATIENCE,
                () -> commanded.get()
                        == world.hub()
                                .books()
                                .number(
                                        "retailhub",
                                        "select coalesce(sum(last_sequence), 0) from inventory.inbox where queue = ? and starts_with(business_key, ?)",
                                        COMMANDS,
                                        TENANT + "/" + references),
                () -> world.hub().books().openCases() + "; " + world.hub().lastLines());
        assertEquals(
                0,
                world.hub()
                        .books()
                        .number(
                                "retailhub",
                                "select coalesce(sum(open_cases), 0) from inventory.inbox where queue = ?",
                                COMMANDS));
    }

    /** How many reservations hold any of it. */
    int holders(String sku) {
        return world.hub().books().number("retailhub", """
                        select count(*) from inventory.reservation_hold h join inventory.reservation r using (reservation_id)
                        where r.tenant = ? and h.sku = ? and h.held > 0 and r.state = 'held'""", TENANT, sku);
    }

    /** That no more is held than there is, that reservations and position agree, and that the ledger is whole. @return what is held */
    int assertNotOversold(String sku, int onHand) {
        List<BigDecimal> found = world.hub().books().query("retailhub", """
                        select unnest(array[p.on_hand, p.reserved, (select coalesce(sum(h.held), 0) from inventory.reservation_hold h
                          join inventory.reservation r using (reservation_id) where r.tenant = p.tenant and h.sku = p.sku)])
                        from inventory.position p where p.tenant = ? and p.sku = ?""", row -> row.getBigDecimal(1), TENANT, sku);
        List<Integer> numbers = found.stream().map(BigDecimal::intValueExact).toList();
        assertEquals(onHand, numbers.get(0), "on hand");
        assertEquals(numbers.get(1), numbers.get(2), "the position's and the reservations'");
        assertTrue(numbers.get(1) <= onHand, numbers.get(1) + " of " + onHand + " are held");
        JsonNode report = world.operator()
                .get(STOCK + "verification?tenant=" + TENANT + "&sku=" + sku)
                .body();
        assertTrue(report.path("movements").asInt() > 0, report::toString);
        assertEquals(List.of(), report.path("faults").findValuesAsText("what"));
        return numbers.get(1);
    }

    /** All of them at once. @return what each counts */
    static List<Integer> race(IntFunction<Integer> deed) {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        CyclicBarrier begin = new CyclicBarrier(CLIENTS);
        try {
            List<Callable<Integer>> all = new ArrayList<>();
            IntStream.range(0, CLIENTS)
                    .forEach(n -> all.add(() -> {
                        begin.await(30, TimeUnit.SECONDS);
                        return deed.apply(n);
                    }));
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> each : clients.invokeAll(all)) {
                answers.add(each.get());
            }
            return answers;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            clients.shutdownNow();
        }
    }

    static long count(List<Integer> answers, int wanted) {
        return answers.stream().filter(each -> each == wanted).count();
    }
}
