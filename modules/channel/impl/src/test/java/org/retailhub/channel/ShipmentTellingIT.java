package org.retailhub.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.channel.ConnectionDesk.Opening;
import org.retailhub.channel.Connections.Purpose;
import org.retailhub.channel.domain.Capability;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.messaging.ShipmentEvents;
import org.retailhub.channel.shopify.FulfilmentShop;
import org.retailhub.channel.shopify.ShopifyConnector;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.order.api.ConfirmShipment.Carrier;
import org.retailhub.order.api.ConfirmShipment.Parcel;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.order.api.OrderShipped;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Insight.Signal;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.hospital.HospitalDesk;
import org.retailhub.platform.runtime.messaging.BatchHandler.Decided;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.platform.testkit.OneConnection;

/** From order's events to what a shop has fulfilled, on the migrated schema as the application role, with a shop that is as bad as it likes. */
class ShipmentTellingIT {
    private static final String CODE = "shop";
    private static final String PLACE = "655441491";
    private static final String ORDER = "01M8A29R5AW3X5Z7B9D1F3H5K7";
    private static TemporaryPostgres postgres;

    /** What becomes of the next calls that change something. */
    private enum Fate {
        LOST_BEFORE,
        LOST_AFTER,
        FAILS_AFTER,
        BUSY,
        THROTTLED,
        SECRET_REFUSED
    }

    private final Hands clock = new Hands(Instant.parse("2026-11-28T10:00:00Z"));
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Fate> fates = Collections.synchronizedList(new ArrayList<>());
    private final FulfilmentShop there = new FulfilmentShop();
    private OneConnection connection;
    private Database database;
    private ConnectionDesk connectionDesk;
    private ShipmentTellings tellings;
    private ShipmentEvents events;
    private ShipmentDelivery delivery;
    private HospitalDesk hospitalDesk;
    private HttpServer shop;
    private long sequence;

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
                "shipment_telling",
                "shipment_delivery",
                "stock_place",
                "sweep",
                "connection_secret",
                "connection",
                "hospital_action",
                "hospital_case",
                "inbox",
                "trace_hop")) {
            database.update("delete from " + table);
        }
        Connections connections = new Connections(database);
        Ulid ids = new Ulid(clock);
        SecretBox box = new SecretBox("the key of a test, thirty-two characters and more", null);
        connectionDesk = new ConnectionDesk(connections, new Sweeps(database), box, ids, clock);
        connect(
                CODE,
                ShopifyConnector.KIND,
                "http://127.0.0.1:" + shop.getAddress().getPort());
        connectionDesk.keep(CODE, Purpose.API, "shpat_of_the_test_0123456789abcdef");
        connection.commit();
        tellings = new ShipmentTellings(database);
        Trace trace = new Trace(database, clock);
        Connectors connectors = new Connectors(List.of(new ShopifyConnector()));
        events = new ShipmentEvents(tellings, connectors.kindsWith(Capability.SHIPMENTS), trace, clock);
        hospitalDesk = new HospitalDesk(database, clock);
        delivery = new ShipmentDelivery(
                connections,
                connectionDesk,
                connectors,
                tellings,
                Deliveries.ofShipments(database),
                new ChannelCalls(clock),
                new Hospital(database, ids, clock),
                trace,
                transactions(),
                ids,
                clock,
                StockDelivery.Settings.USUAL);
        there.item("FO1", PLACE, "11", 3);
        there.item("FO1", PLACE, "12", 1);
    }

    private void connect(String code, String kind, String url) {
        assertInstanceOf(
                Opening.Open.class, connectionDesk.open(new Connection(code, "acme", kind, code, "", url, true)));
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

    @AfterEach
    void close() {
        shop.stop(0);
        connection.close();
    }

    private void answer(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        String text = new String(body, StandardCharsets.UTF_8);
        if (!text.contains("\"mutation")) {
            calls.add(text.contains("fulfillment(id:") ? "look" : "ask");
            send(call, 200, there.answer(body));
            return;
        }
        calls.add("tell");
        Fate fate = fates.isEmpty() ? null : fates.remove(0);
        byte[] done = fate == null || fate == Fate.LOST_AFTER || fate == Fate.FAILS_AFTER ? there.answer(body) : null;
        if (fate == null) {
            send(call, 200, done);
            return;
        }
        switch (fate) {
            case FAILS_AFTER -> send(call, 502, new byte[0]);
            case SECRET_REFUSED -> send(call, 401, new byte[0]);
            case BUSY -> {
                call.getResponseHeaders().set("Retry-After", "4.0");
                send(call, 429, new byte[0]);
            }
            case THROTTLED ->
                send(
                        call,
                        200,
                        "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}]}"
                                .getBytes(StandardCharsets.UTF_8));
            default -> call.close();
        }
    }

    private static void send(HttpExchange call, int status, byte[] body) throws IOException {
        call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    private Envelope shipped(String channel, String number, Map<String, Integer> lines) {
        OrderShipped event = new OrderShipped(
                ORDER,
                "acme",
                channel,
                FulfilmentShop.ORDER,
                number,
                "berlin-1",
                new Carrier("DHL", null),
                List.of(new Parcel("T-" + number, null, null)),
                OffsetDateTime.parse("2026-11-28T09:00:00Z"),
                lines.entrySet().stream()
                        .map(each -> new OrderShipped.Line(each.getKey(), "MUG", BigDecimal.valueOf(each.getValue())))
                        .toList(),
                false);
        return message(ORDER, ++sequence, json(event));
    }

    private static Envelope message(String key, long number, String body) {
        return new Envelope("M" + number, OrderShipped.TYPE, "acme", key, number, "", "", CODE, body);
    }

    private static String json(OrderShipped event) {
        try {
            return StrictJson.mapper().writeValueAsString(event);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the drain does it. */
    private void hear(Envelope message) {
        List<Envelope> batch = List.of(message);
        var facts = events.load(batch);
        var verdict = events.decide(message, facts);
        var effect = ((Verdict.Handle<Optional<ShipmentTellings.News>>) verdict).effect();
        events.write(List.of(new Decided<>(message, effect)), facts);
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

    private String row(String number) {
        return database.queryOne(
                        "select state || ' ' || coalesce(reason, '-') from shipment_telling where shipment_number = ?",
                        row -> row.getString(1),
                        number)
                .orElse("none");
    }

    private List<String> cases() {
        return database.query(
                "select state || ' ' || business_key || ' #' || sequence || ' ' || code || ' ' || detail from hospital_case"
                        + " where queue = ? order by parked_at",
                row -> row.getString(1),
                OrderQueues.EVENTS_FOR_CHANNEL);
    }

    private List<String> hops() {
        return database.query(
                "select hop from trace_hop where business_key = ? order by hopped_at", row -> row.getString(1), ORDER);
    }

    @Test
    void eachShipmentIsOneFulfilment() {
        hear(shipped(CODE, "S1", Map.of("11", 1)));
        hear(shipped(CODE, "S2", Map.of("11", 2, "12", 1)));
        assertEquals(1, tellings.signals().size());
        runFor(Duration.ofSeconds(5));
        assertEquals(List.of("T-S1 {11=1}", "T-S2 {11=2, 12=1}"), there.shown());
        assertEquals(List.of("ask", "tell", "ask", "tell"), calls);
        assertEquals("told -", row("S1"));
        assertEquals(List.of("channel-told", "channel-told"), hops());
        assertEquals(List.of(), tellings.signals());
    }

    @Test
    void theSameEventAgainIsNothingNew() {
        Envelope event = shipped(CODE, "S1", Map.of("11", 1));
        hear(event);
        runFor(Duration.ofSeconds(2));
        hear(event);
        runFor(Duration.ofSeconds(2));
        assertEquals(List.of("T-S1 {11=1}"), there.shown());
        assertEquals(2, calls.size());
    }

    @Test
    void aLostAnswerIsAskedForAndFulfilsOnce() {
        for (Fate fate : List.of(Fate.LOST_AFTER, Fate.FAILS_AFTER)) {
            String number = fate.name();
            fates.add(fate);
            hear(shipped(CODE, number, Map.of("11", 1)));
            runFor(Duration.ofSeconds(5));
            assertTrue(row(number).startsWith("unknown "), row(number));
            runFor(Duration.ofSeconds(60));
            assertEquals("told -", row(number));
        }
        assertEquals(List.of("T-LOST_AFTER {11=1}", "T-FAILS_AFTER {11=1}"), there.shown());
        assertEquals(2, calls.stream().filter("tell"::equals).count());
    }

    @Test
    void whatGotLostOnItsWayIsToldAgain() {
        fates.add(Fate.LOST_BEFORE);
        hear(shipped(CODE, "S1", Map.of("11", 1)));
        runFor(Duration.ofSeconds(60));
        assertEquals(List.of("T-S1 {11=1}"), there.shown());
        assertEquals(List.of("ask", "tell", "ask", "tell"), calls);
    }

    @Test
    void aSenderThatWentAwayLeavesNothingTwice() {
        hear(shipped(CODE, "S1", Map.of("11", 1)));
        runFor(Duration.ofSeconds(2));
        // As a crash leaves it: told, and not noted.
        database.update("update shipment_telling set state = 'sending', told_at = null, told_as = '{}'");
        connection.commit();
        runFor(Duration.ofSeconds(5));
        assertTrue(row("S1").startsWith("unknown "), row("S1"));
        runFor(Duration.ofSeconds(40));
        assertEquals("told -", row("S1"));
        assertEquals(List.of("T-S1 {11=1}"), there.shown());
    }

    @Test
    void whatIsNotTakenForNowIsTakenLater() {
        fates.addAll(List.of(Fate.BUSY, Fate.THROTTLED, Fate.SECRET_REFUSED));
        hear(shipped(CODE, "S1", Map.of("11", 1)));
        runFor(Duration.ofSeconds(3));
        assertEquals(1, calls.stream().filter("tell"::equals).count(), "it waits as long as it is told to");
        runFor(Duration.ofSeconds(40));
        assertEquals(List.of("T-S1 {11=1}"), there.shown());
        assertEquals("told -", row("S1"));
    }

    @Test
    void whatIsRefusedIsACaseAndTheOrdersLaterShipmentsWait() {
        there.userError = "is too long";
        hear(shipped(CODE, "S1", Map.of("11", 1)));
        hear(shipped(CODE, "S2", Map.of("11", 1)));
        runFor(Duration.ofSeconds(3));
        assertEquals(
                List.of("parked " + ORDER
                        + "/S1 #1 CHN-2019 shipment 'S1': fulfillment.trackingInfo.number: is too long"),
                cases());
        assertEquals("due -", row("S2"));
        assertEquals(List.of(), tellings.signals(), "what waits behind a case is that case's");
        there.userError = "";
        runFor(Duration.ofSeconds(30));
        assertEquals(List.of(), there.shown(), "nothing overtakes it");

        // Released: the drain handles the case's message, as it handles what comes from the queue.
        hear(message(ORDER + "/S1", 1, body()));
        runFor(Duration.ofSeconds(3));
        assertEquals(List.of("T-S1 {11=1}", "T-S2 {11=1}"), there.shown());
    }

    private String body() {
        return database.queryOne("select body from hospital_case", row -> row.getString(1))
                .orElseThrow();
    }

    @Test
    void whatIsDiscardedLetsTheNextOneGo() {
        there.userError = "no";
        hear(shipped(CODE, "S1", Map.of("11", 1)));
        hear(shipped(CODE, "S2", Map.of("11", 1)));
        runFor(Duration.ofSeconds(3));
        there.userError = "";
        hospitalDesk.discard(
                database.queryOne("select case_id from hospital_case", row -> row.getString(1))
                        .orElseThrow(),
                "tester",
                "fulfilled by hand");
        connection.commit();
        runFor(Duration.ofSeconds(3));
        assertEquals(List.of("T-S2 {11=1}"), there.shown());
        assertTrue(row("S1").startsWith("refused "), row("S1"));
        assertEquals(
                0,
                database.queryOne(
                                "select open_cases from inbox where business_key = ?",
                                row -> row.getInt(1),
                                ORDER + "/S1")
                        .orElseThrow());
    }

    @Test
    void anUnknownOrderAndACancelledOneAreCases() {
        there.exists = false;
        hear(shipped(CODE, "S1", Map.of("11", 1)));
        runFor(Duration.ofSeconds(2));
        assertTrue(cases().get(0).contains("CHN-2016"), cases()::toString);
        there.exists = true;
        there.cancelled = true;
        hear(message(ORDER + "/S1", 1, body()));
        runFor(Duration.ofSeconds(2));
        assertTrue(cases().stream().anyMatch(each -> each.contains("#2 CHN-2017")), cases()::toString);
        assertEquals(List.of(), there.made());
    }

    @Test
    void whoCannotBeToldIsNotTold() {
        connect("store", Connection.POS, null);
        connect("mute", ShopifyConnector.KIND, null);
        connection.commit();
        hear(shipped("store", "S1", Map.of("11", 1)));
        hear(shipped("mute", "S2", Map.of("11", 1)));
        hear(shipped("nobody-brings-these", "S3", Map.of("11", 1)));
        runFor(Duration.ofSeconds(2));
        assertEquals("nobody a channel of kind pos is not told of shipments", row("S1"));
        assertEquals("nobody the connection has no apiUrl", row("S2"));
        assertEquals("none", row("S3"));
        assertEquals(List.of("channel-not-told", "channel-not-told"), hops());
        assertEquals(List.of(), calls);
    }

    @Test
    void whatIsNoShipmentIsPassedOverAndWhatIsAnothersIsParked() {
        Envelope good = shipped(CODE, "S1", Map.of("11", 1));
        assertEquals(
                Verdict.handle(Optional.empty()),
                events.decide(
                        new Envelope("M", "OrderStateChanged.v1", "acme", ORDER, 1, "", "", CODE, "{}"), Map.of()));
        for (Envelope bad : List.of(
                message("01M8A29R5AW3X5Z7B9D1F3H5K8", 1, good.body()),
                message(ORDER + "/S2", 1, good.body()),
                message(ORDER, 1, "{\"orderId\":\"" + ORDER + "\"}"),
                message(ORDER, 1, good.body().replace("\"11\"", "null")))) {
            assertInstanceOf(Verdict.Park.class, events.decide(bad, Map.of()), bad::toString);
            assertEquals(Map.of(), events.load(List.of(new Envelope("M", "X.v1", "acme", "k", 1, "", "", "", "{}"))));
        }
    }

    @Test
    void aStoppedConnectionIsToldWhenItGoesOn() {
        database.update("update connection set active = false");
        hear(shipped(CODE, "S1", Map.of("11", 1)));
        runFor(Duration.ofSeconds(2));
        assertEquals(List.of(), calls);
        Signal due = tellings.signals().get(0);
        assertEquals(Signal.SHIPMENTS_DUE + " shop 1", due.kind() + " " + due.subject() + " " + due.count());
        database.update("update connection set active = true");
        connection.commit();
        runFor(Duration.ofSeconds(2));
        assertEquals(List.of("T-S1 {11=1}"), there.shown());
    }
}
