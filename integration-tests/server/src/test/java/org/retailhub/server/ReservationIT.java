package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
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
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two hundred clients at once at the door of reservations want more than there is; and what they read is what they wrote. {@code retail.rounds}
 * says how often.
 */
class ReservationIT {
    private static final int CLIENTS = 200;
    private static final int ROUNDS = Integer.getInteger("retail.rounds", 1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STOCK = "/api/inventory/v1/";

    private World world;
    private Doors doors;
    private Map<String, String> headers;
    private String mark;

    @BeforeEach
    void openTheDoors() {
        world = World.shared();
        doors = new Doors(world.hub());
        String key = world.operator()
                .post(
                        "/api/partner/v1/partners/shop-of-acme/credentials",
                        "{\"name\":\"stock " + System.nanoTime()
                                + "\",\"scopes\":[\"inventory:read\",\"inventory:write\",\"inventory:reserve\"]}")
                .text("key");
        headers = Map.of("X-API-Key", key, "Content-Type", "application/json");
        mark = Long.toString(System.nanoTime(), 36);
    }

    @Test
    void oneUnitIsSoldOnceHoweverManyWantIt() {
        for (int round = 0; round < ROUNDS; round++) {
            String sku = "UNIT-" + mark + round;
            receive(sku, 1);
            List<Integer> answers = race(n -> reserve(sku + n, line(sku, 1)).statusCode());
            assertEquals(1, answers.stream().filter(status -> status == 201).count());
            assertEquals(
                    CLIENTS - 1,
                    answers.stream().filter(status -> status == 409).count());
            assertBalance(sku, "1", "1");
        }
    }

    @Test
    void bundlesAndTwinLinesAreSummedFirst() {
        for (int round = 0; round < ROUNDS; round++) {
            String mug = "MUG-" + mark + round;
            String pot = "POT-" + mark + round;
            receive(mug, 50);
            receive(pot, 7);
            List<Integer> answers = race(n -> reserve(
                            mug + n,
                            n % 2 == 0
                                    ? "{\"lineId\":\"1\",\"sku\":\"SET\",\"location\":\"dc-1\",\"quantity\":1,\"components\":[{\"sku\":\""
                                            + mug + "\",\"quantity\":4},{\"sku\":\"" + pot + "\",\"quantity\":1}]}"
                                    : line(pot, 1) + "," + line(mug, 1) + "," + line(mug, 1))
                    .statusCode());
            assertEquals(7, answers.stream().filter(status -> status == 201).count());
            assertEquals("7", item(pot).path("reserved").asText());
            assertTrue(item(mug).path("reserved").asInt() <= 50, () -> item(mug).toString());
            assertEquals(List.of(), faults(mug));
        }
    }

    @Test
    void whatIsCancelledCanBeHeldAgainByOne() {
        for (int round = 0; round < ROUNDS; round++) {
            String sku = "AGAIN-" + mark + round;
            receive(sku, 1);
            List<Integer> held = race(n -> {
                HttpResponse<String> mine = reserve(sku + n, line(sku, 1));
                if (mine.statusCode() == 201) {
                    String id = json(mine).path("reservationId").asText();
                    assertEquals(
                            200,
                            doors.send("DELETE", STOCK + "reservations/" + id, null, headers)
                                    .statusCode());
                    return reserve(sku + "again" + n, line(sku, 1)).statusCode() == 201 ? 1 : 0;
                }
                return 0;
            });
            int now = held.stream().mapToInt(Integer::intValue).sum();
            assertTrue(now <= 1, now + " hold the one unit");
            assertBalance(sku, "1", Integer.toString(now));
        }
    }

    /** Each reads at once what it wrote just before, among all the others who read and write. */
    @Test
    void whoWroteReadsWhatItWrote() {
        List<Integer> right = race(n -> {
            String sku = "OWN-" + mark + n;
            receive(sku, n + 1);
            int seen = item(sku).path("available").asInt();
            reserve(sku, line(sku, 1));
            return seen == n + 1 && item(sku).path("available").asInt() == n ? 1 : 0;
        });
        assertEquals(CLIENTS, right.stream().mapToInt(Integer::intValue).sum());
    }

    private HttpResponse<String> reserve(String reference, String lines) {
        return doors.send(
                "POST",
                STOCK + "reservations",
                "{\"reference\":\"" + reference + "\",\"lines\":[" + lines + "]}",
                headers);
    }

    private static String line(String sku, int quantity) {
        return "{\"lineId\":\"1\",\"sku\":\"" + sku + "\",\"location\":\"dc-1\",\"quantity\":" + quantity + "}";
    }

    private void receive(String sku, int quantity) {
        HttpResponse<String> answer = doors.send(
                "POST",
                STOCK + "movements",
                "{\"feed\":\"wms\",\"document\":\"" + sku + "\",\"kind\":\"receipt\",\"sku\":\"" + sku
                        + "\",\"location\":\"dc-1\",\"quantity\":" + quantity
                        + ",\"occurredAt\":\"2026-11-23T10:00:00Z\"}",
                headers);
        assertEquals(201, answer.statusCode(), answer::body);
    }

    private JsonNode item(String sku) {
        HttpResponse<String> answer =
                doors.send("GET", STOCK + "availability?sku=" + sku + "&location=dc-1", null, headers);
        assertEquals(200, answer.statusCode(), answer::body);
        return json(answer).path("items").path(0);
    }

    private void assertBalance(String sku, String onHand, String reserved) {
        JsonNode item = item(sku);
        assertEquals(
                onHand + "/" + reserved,
                item.path("onHand").asText() + "/" + item.path("reserved").asText());
        assertEquals(List.of(), faults(sku));
    }

    private List<String> faults(String sku) {
        JsonNode report = world.operator()
                .get(STOCK + "verification?tenant=acme&sku=" + sku)
                .body();
        assertTrue(report.path("movements").asInt() > 0, report::toString);
        return report.path("faults").findValuesAsText("what");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them at once. */
    private static List<Integer> race(IntFunction<Integer> deed) {
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
}
