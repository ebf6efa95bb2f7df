package org.retailhub.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.channel.ConnectionDesk.Opening;
import org.retailhub.channel.Connections.Purpose;
import org.retailhub.channel.StockDesk.Taught;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Publication;
import org.retailhub.channel.messaging.StockChanges;
import org.retailhub.channel.shopify.ShopifyConnector;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.api.Availability;
import org.retailhub.inventory.api.StockChanged;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.BatchHandler.Decided;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.platform.testkit.OneConnection;

/** From inventory's events to what a shop shows, on the migrated schema as the application role, with a shop that is as bad as it likes. */
class StockTellingIT {
    private static final String CODE = "shop";
    private static final String WAREHOUSE = "655441491";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static TemporaryPostgres postgres;

    /** What the shop does with the next values. */
    private enum Fate {
        TAKEN,
        BUSY,
        LOST_BEFORE,
        LOST_AFTER,
        FAILS,
        REFUSED
    }

    private final Hands clock = new Hands(Instant.parse("2026-11-28T10:00:00Z"));
    private final Map<String, Integer> onHand = new ConcurrentHashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Integer> shown = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Fate> fates = Collections.synchronizedList(new ArrayList<>());
    private volatile Fate always = Fate.TAKEN;
    private volatile Runnable whileUnderway = () -> {};
    private OneConnection connection;
    private Database database;
    private ConnectionDesk connectionDesk;
    private StockPublications publications;
    private StockDesk desk;
    private StockChanges changes;
    private StockDelivery delivery;
    private HttpServer shop;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void open() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", this::answer);
        shop.start();
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("channel_app"));
        connection = new OneConnection(dataSource);
        database = new Database(connection);
        for (String table : List.of(
                "stock_publication",
                "stock_item",
                "stock_place",
                "stock_delivery",
                "stock_position",
                "sweep",
                "connection_secret",
                "connection")) {
            database.update("delete from " + table);
        }
        Connections connections = new Connections(database);
        Ulid ids = new Ulid(clock);
        SecretBox box = new SecretBox("the key of a test, thirty-two characters and more", null);
        connectionDesk = new ConnectionDesk(connections, new Sweeps(database), box, ids, clock);
        assertInstanceOf(
                Opening.Open.class,
                connectionDesk.open(new Connection(
                        CODE,
                        "acme",
                        ShopifyConnector.KIND,
                        CODE,
                        "",
                        "http://127.0.0.1:" + shop.getAddress().getPort(),
                        true)));
        connectionDesk.keep(CODE, Purpose.API, "shpat_of_the_test_0123456789abcdef");
        connection.commit();
        StockMappings mappings = new StockMappings(database);
        publications = new StockPublications(database);
        desk = new StockDesk(connections, mappings, publications, clock);
        Connectors connectors = new Connectors(List.of(new ShopifyConnector()));
        changes = new StockChanges(new StockPositions(database), mappings, publications, connectors.kindsTold(), clock);
        delivery = delivery(connections, connectors, ids);
    }

    private StockDelivery delivery(Connections connections, Connectors connectors, Ulid ids) {
        return new StockDelivery(
                connections,
                connectionDesk,
                connectors,
                publications,
                Deliveries.ofStock(database),
                new Shelf(),
                new ChannelCalls(clock),
                transactions(),
                ids,
                clock,
                StockDelivery.Settings.USUAL);
    }

    private Transactions transactions() {
        return new Transactions(
                (UserTransaction) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {UserTransaction.class},
                        (proxy, method, arguments) -> {
                            switch (method.getName()) {
                                case "commit" -> connection.commit();
                                case "rollback" -> connection.rollback();
                                default -> {}
                            }
                            return method.getName().equals("getStatus") ? Status.STATUS_ACTIVE : null;
                        }),
                10);
    }

    /** Inventory as it answers: what is on hand can be sold, over all places of a SKU or at one. */
    private final class Shelf implements Availability {
        @Override
        public Map<Place, List<Expected>> expected(String tenant, Set<Place> places) {
            throw new AssertionError("nobody asks this");
        }

        @Override
        public Map<Place, Stock> at(String tenant, Set<Place> places) {
            throw new AssertionError("nobody asks this");
        }

        @Override
        public Map<String, List<Place>> placesOf(String tenant, Set<String> skus) {
            throw new AssertionError("nobody asks this");
        }

        @Override
        public Map<Place, Shown> forChannel(String tenant, String channel, Set<Place> places) {
            Map<Place, Shown> found = new HashMap<>();
            for (Place place : places) {
                int sum = 0;
                boolean known = false;
                for (Map.Entry<String, Integer> each : onHand.entrySet()) {
                    String[] at = each.getKey().split("@");
                    if (at[0].equals(place.sku())
                            && (place.location().isEmpty() || place.location().equals(at[1]))) {
                        sum += each.getValue();
                        known = true;
                    }
                }
                if (known) {
                    found.put(place, new Shown(BigDecimal.valueOf(sum), clock.instant()));
                }
            }
            return found;
        }
    }

    @AfterEach
    void close() {
        shop.stop(0);
        connection.close();
    }

    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().toString().replaceFirst("/admin/api/[^/]*/", "");
        if (path.startsWith("inventory_levels.json")) {
            calls.add("ask");
            send(call, 200, levels(path));
            return;
        }
        JsonNode wanted = JSON.readTree(call.getRequestBody());
        String level = wanted.get("inventory_item_id").asText() + "@"
                + wanted.get("location_id").asText();
        int value = wanted.get("available").asInt();
        calls.add(level + "=" + value);
        whileUnderway.run();
        Fate fate = fates.isEmpty() ? always : fates.remove(0);
        if (fate == Fate.TAKEN || fate == Fate.LOST_AFTER) {
            shown.put(level, value);
        }
        switch (fate) {
            case TAKEN -> send(call, 200, "{\"inventory_level\":" + wanted + "}");
            case BUSY -> {
                call.getResponseHeaders().set("Retry-After", "4.0");
                send(call, 429, "{\"errors\":\"Exceeded 2 calls per second\"}");
            }
            case FAILS -> send(call, 503, "{}");
            case REFUSED -> send(call, 422, "{\"errors\":[\"not stocked at the location\"]}");
            default -> call.close();
        }
    }

    private String levels(String path) {
        List<String> found = new ArrayList<>();
        shown.forEach((level, value) -> {
            String[] at = level.split("@");
            if (path.matches(".*[=,]" + at[0] + "[,&].*")) {
                found.add("{\"inventory_item_id\":" + at[0] + ",\"location_id\":" + at[1] + ",\"available\":" + value
                        + "}");
            }
        });
        return "{\"inventory_levels\":[" + String.join(",", found) + "]}";
    }

    private static void send(HttpExchange call, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    private Envelope changed(String sku, String location, int value) {
        String key = StockChanged.businessKey("acme", sku, location);
        long sequence = sequences.merge(key, 1L, Long::sum);
        onHand.put(sku + "@" + location, value);
        return message(sku, location, sequence, value);
    }

    private Envelope message(String sku, String location, long sequence, int value) {
        BigDecimal none = BigDecimal.ZERO;
        try {
            return new Envelope(
                    "M" + sku + location + sequence,
                    StockChanged.TYPE,
                    "acme",
                    StockChanged.businessKey("acme", sku, location),
                    sequence,
                    "",
                    "",
                    "",
                    StrictJson.mapper()
                            .writeValueAsString(new StockChanged(
                                    "acme",
                                    sku,
                                    location,
                                    "EA",
                                    sequence,
                                    BigDecimal.valueOf(value),
                                    none,
                                    none,
                                    clock.instant())));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the drain does it: at most one message per position. */
    private void hear(Envelope... messages) {
        List<Envelope> batch = List.of(messages);
        var facts = changes.load(batch);
        changes.write(
                batch.stream()
                        .map(each -> new Decided<>(
                                each,
                                ((Verdict.Handle<java.util.Optional<StockPositions.Heard>>) changes.decide(each, facts))
                                        .effect()))
                        .toList(),
                facts);
        connection.commit();
    }

    private void teach() {
        assertEquals(
                new Taught.Kept(2),
                desk.teachItems(
                        CODE, List.of(new StockMappings.Item("MUG", "11"), new StockMappings.Item("POT", "12"))));
        assertEquals(new Taught.Kept(1), desk.teachPlace(CODE, new StockMappings.Place("", WAREHOUSE)));
        connection.commit();
    }

    private void runFor(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            for (int i = 0; i < 4; i++) {
                delivery.step();
                clock.forward(Duration.ofMillis(250));
            }
        }
    }

    private String row(String sku, String location) {
        return database.queryOne(
                        "select state || ' ' || coalesce(waits_for, '-') || ' ' || coalesce(sent_value::text, '-') || ' '"
                                + " || coalesce(reason, '-') from stock_publication where connection = ? and sku = ? and location = ?",
                        row -> row.getString(1),
                        CODE,
                        sku,
                        location)
                .orElse("none");
    }

    @Test
    void manyChangesBecomeOneCallWithTheNewest() {
        teach();
        for (int i = 1; i <= 50; i++) {
            hear(changed("MUG", "berlin-1", i));
        }
        hear(changed("MUG", "hamburg-2", 5));
        runFor(Duration.ofSeconds(3));
        assertEquals(List.of("11@" + WAREHOUSE + "=55"), calls, "over the pool, once");
        assertEquals("sent - 55 -", row("MUG", ""));
    }

    @Test
    void whatIsNotMappedWaitsAndGoesOutWhenItIs() {
        hear(changed("MUG", "berlin-1", 7));
        assertEquals("due location - -", row("MUG", "berlin-1"));
        desk.teachPlace(CODE, new StockMappings.Place("berlin-1", WAREHOUSE));
        connection.commit();
        assertEquals("due item - -", row("MUG", "berlin-1"));
        runFor(Duration.ofSeconds(2));
        assertEquals(List.of(), calls);
        desk.teachItems(CODE, List.of(new StockMappings.Item("MUG", "11")));
        connection.commit();
        runFor(Duration.ofSeconds(2));
        assertEquals(List.of("11@" + WAREHOUSE + "=7"), calls);
        assertEquals("sent - 7 -", row("MUG", "berlin-1"));
    }

    @Test
    void whatInventoryDoesNotKnowIsNotSetToNothing() {
        teach();
        runFor(Duration.ofSeconds(2));
        assertEquals(List.of(), calls, "the shop keeps what it shows");
        assertEquals("due stock - -", row("POT", ""));
        hear(changed("POT", "berlin-1", 3));
        runFor(Duration.ofSeconds(2));
        assertEquals(List.of("12@" + WAREHOUSE + "=3"), calls);
    }

    @Test
    void aPlaceThatTheChannelIsToldNothingOfIsNotWaitedFor() {
        desk.teachPlace(CODE, new StockMappings.Place("berlin-1", ""));
        hear(changed("MUG", "berlin-1", 7));
        assertEquals("none", row("MUG", "berlin-1"));
    }

    @Test
    void twoOfOursAreNeverOneOfTheChannels() {
        teach();
        assertEquals(
                new Taught.Taken(List.of("11 is MUG")),
                desk.teachItems(CODE, List.of(new StockMappings.Item("CUP", "11"))));
        assertEquals(
                new Taught.Taken(List.of(WAREHOUSE + " is the pool")),
                desk.teachPlace(CODE, new StockMappings.Place("berlin-1", WAREHOUSE)));
        assertInstanceOf(
                Taught.NoSuchConnection.class, desk.teachPlace("nowhere", new StockMappings.Place("", WAREHOUSE)));
    }

    @Test
    void anOlderMessageAndTheSameAgainChangeNothing() {
        teach();
        hear(changed("MUG", "berlin-1", 7));
        hear(changed("MUG", "berlin-1", 8));
        runFor(Duration.ofSeconds(2));
        int before = calls.size();
        hear(message("MUG", "berlin-1", 1, 7));
        hear(message("MUG", "berlin-1", 2, 8));
        runFor(Duration.ofSeconds(2));
        assertEquals(before, calls.size());
        assertEquals("sent - 8 -", row("MUG", ""));
    }

    @Test
    void aChangeWhileOneIsOnItsWayFollowsIt() {
        teach();
        hear(changed("MUG", "berlin-1", 7));
        boolean[] once = {false};
        whileUnderway = () -> {
            if (!once[0]) {
                once[0] = true;
                hear(changed("MUG", "berlin-1", 6));
            }
        };
        runFor(Duration.ofSeconds(3));
        assertEquals(List.of("11@" + WAREHOUSE + "=7", "11@" + WAREHOUSE + "=6"), calls);
        assertEquals(6, shown.get("11@" + WAREHOUSE));
    }

    @Test
    void anUnknownOutcomeIsAskedForBeforeAnythingIsSentAgain() {
        teach();
        fates.add(Fate.LOST_AFTER);
        hear(changed("MUG", "berlin-1", 7));
        runFor(Duration.ofSeconds(20));
        assertEquals(List.of("11@" + WAREHOUSE + "=7"), calls, "what is on its way may still arrive");
        assertTrue(row("MUG", "").startsWith("unknown - - "), () -> row("MUG", ""));
        runFor(Duration.ofSeconds(15));
        assertEquals(List.of("11@" + WAREHOUSE + "=7", "ask"), calls, "it had arrived: nothing is sent again");
        assertEquals("sent - 7 -", row("MUG", ""));

        fates.add(Fate.LOST_BEFORE);
        hear(changed("MUG", "berlin-1", 5));
        runFor(Duration.ofSeconds(40));
        assertEquals(
                List.of("11@" + WAREHOUSE + "=5", "ask", "11@" + WAREHOUSE + "=5"), calls.subList(2, calls.size()));
        assertEquals("sent - 5 -", row("MUG", ""));
    }

    @Test
    void whoseSenderWentAwayIsAskedFor() {
        teach();
        hear(changed("MUG", "berlin-1", 7));
        // As a server leaves it that is killed between the note and the answer.
        database.update("update stock_publication set state = 'sending', value = 7, asked = wanted where sku = 'MUG'");
        connection.commit();
        runFor(Duration.ofSeconds(5));
        assertEquals(
                List.of(), calls.stream().filter(each -> each.startsWith("11@")).toList());
        runFor(Duration.ofSeconds(40));
        assertEquals("ask", calls.get(0));
        assertEquals("sent - 7 -", row("MUG", ""));
    }

    @Test
    void aBusyShopIsLeftAloneForAsLongAsItSays() {
        teach();
        fates.add(Fate.BUSY);
        hear(changed("MUG", "berlin-1", 7), changed("POT", "berlin-1", 3));
        runFor(Duration.ofSeconds(3));
        assertEquals(1, calls.size());
        runFor(Duration.ofSeconds(3));
        assertEquals(3, calls.size(), calls::toString);
        assertEquals(Map.of("11@" + WAREHOUSE, 7, "12@" + WAREHOUSE, 3), shown);
    }

    @Test
    void aRefusedValueIsSaidAndHoldsUpNobody() {
        teach();
        fates.add(Fate.REFUSED);
        hear(changed("MUG", "berlin-1", 7));
        runFor(Duration.ofSeconds(2));
        hear(changed("POT", "berlin-1", 3));
        runFor(Duration.ofSeconds(2));
        assertEquals("failed - - answered 422: [\"not stocked at the location\"]", row("MUG", ""));
        assertEquals("sent - 3 -", row("POT", ""));
        assertEquals(2, calls.size());
        assertEquals(1, desk.resend(CODE, null, Publication.State.FAILED));
        connection.commit();
        runFor(Duration.ofSeconds(2));
        assertEquals("sent - 7 -", row("MUG", ""));
    }

    @Test
    void aShopThatFailsGetsTheNewestWhenItIsBack() {
        teach();
        always = Fate.FAILS;
        for (int i = 0; i < 10; i++) {
            hear(changed("MUG", "berlin-1", i));
            runFor(Duration.ofSeconds(10));
        }
        assertTrue(calls.size() < 20, calls::toString);
        always = Fate.TAKEN;
        runFor(Duration.ofMinutes(3));
        assertEquals(9, shown.get("11@" + WAREHOUSE));
        assertEquals("sent - 9 -", row("MUG", ""));
    }

    @Test
    void aStoppedConnectionIsToldNothingUntilItGoesOn() {
        teach();
        connectionDesk.setActive(CODE, false);
        hear(changed("MUG", "berlin-1", 7));
        runFor(Duration.ofSeconds(3));
        assertEquals(List.of(), calls);
        connectionDesk.setActive(CODE, true);
        connection.commit();
        runFor(Duration.ofSeconds(3));
        assertEquals(7, shown.get("11@" + WAREHOUSE));
    }

    @Test
    void neverCallsMoreOftenThanTheChannelAllows() {
        List<StockMappings.Item> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(new StockMappings.Item("SKU-" + i, String.valueOf(100 + i)));
        }
        desk.teachItems(CODE, items);
        desk.teachPlace(CODE, new StockMappings.Place("", WAREHOUSE));
        for (int i = 0; i < 100; i++) {
            hear(changed("SKU-" + i, "berlin-1", i));
        }
        runFor(Duration.ofSeconds(10));
        assertTrue(calls.size() >= 36 + 15 && calls.size() <= 36 + 21, "calls in 10 s: " + calls.size());
        runFor(Duration.ofSeconds(30));
        assertEquals(100, shown.size());
    }

    /** Any order, any number of times, any fate of the calls: the shop ends with the newest of everything. */
    @Test
    void whateverHappensTheShopEndsEqualToWhatThereIs() {
        teach();
        Random random = new Random(42);
        List<Envelope> late = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Envelope change = changed(random.nextBoolean() ? "MUG" : "POT", "berlin-1", random.nextInt(1_000));
            if (random.nextInt(4) == 0) {
                late.add(change);
            } else {
                hear(change);
            }
            if (!late.isEmpty() && random.nextInt(4) == 0) {
                hear(late.remove(random.nextInt(late.size())));
            }
            if (random.nextInt(3) == 0) {
                fates.add(Fate.values()[random.nextInt(Fate.values().length)]);
            }
            runFor(Duration.ofSeconds(random.nextInt(2)));
        }
        for (Envelope each : late) {
            hear(each);
        }
        fates.clear();
        runFor(Duration.ofMinutes(4));
        assertEquals(onHand.get("MUG@berlin-1"), shown.get("11@" + WAREHOUSE), () -> row("MUG", ""));
        assertEquals(onHand.get("POT@berlin-1"), shown.get("12@" + WAREHOUSE), () -> row("POT", ""));
        assertTrue(calls.size() < 400, "coalesced: " + calls.size());
    }
}
