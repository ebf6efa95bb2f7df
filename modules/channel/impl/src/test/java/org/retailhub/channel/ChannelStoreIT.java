package org.retailhub.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.channel.ConnectionDesk.Keeping;
import org.retailhub.channel.ConnectionDesk.Opening;
import org.retailhub.channel.Connections.Purpose;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.api.ChannelQueues;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Delivery;
import org.retailhub.channel.messaging.InboundPayloads;
import org.retailhub.channel.messaging.InboundPayloads.Effect;
import org.retailhub.channel.shopify.ShopifyConnector;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.testkit.OneConnection;
import org.retailhub.platform.testkit.RecordingBroker;

/** From a stored payload to the commands it leads to, and the connections behind it, on the migrated schema as the application role. */
class ChannelStoreIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private static final String TRACE = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private final RecordingBroker broker = new RecordingBroker();
    private final Ulid ids = new Ulid(CLOCK);
    private final SecretBox box = new SecretBox("the key of a test, thirty-two characters and more");
    private String code;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("channel_app"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void connectionOfItsOwn(TestInfo test) {
        code = test.getTestMethod()
                .orElseThrow()
                .getName()
                .replaceAll("[A-Z]", "-$0")
                .toLowerCase();
        code = code.substring(0, Math.min(60, code.length()));
        assertInstanceOf(Opening.Open.class, desk().open(connection("")));
    }

    private Map<String, Long> balance() {
        return new Payloads(new Database(dataSource))
                .balance(code, Instant.EPOCH, 1_000)
                .terms();
    }

    /** However many a connection has had, an operator's question reads so many rows and no more. */
    @Test
    void countsTheNewestOfATimeAndSaysSinceWhen() {
        Instant eight = Instant.parse("2026-11-23T08:00:00Z");
        for (int i = 0; i < 5; i++) {
            RawPayload payload = payload("w-" + i, "{\"id\":1}");
            store(payload);
            new Database(dataSource)
                    .update(
                            "update payload set received_at = ? where payload_id = ?",
                            eight.plusSeconds(i),
                            payload.payloadId());
        }
        Payloads payloads = new Payloads(new Database(dataSource));
        assertEquals(
                new Payloads.Balance(
                        eight.plusSeconds(1),
                        Map.of("open", 4L, "delivered-again", 0L, "received", 4L, "found-by-asking", 0L)),
                payloads.balance(code, eight.plusSeconds(1), 1_000));
        assertEquals(
                new Payloads.Balance(
                        eight.plusSeconds(3),
                        Map.of("open", 2L, "delivered-again", 0L, "received", 2L, "found-by-asking", 0L)),
                payloads.balance(code, Instant.EPOCH, 2));
        assertEquals(
                new Payloads.Balance(eight.plusSeconds(9), Map.of("received", 0L, "found-by-asking", 0L)),
                payloads.balance(code, eight.plusSeconds(9), 2));
    }

    @Test
    void storesADeliveryOnceAndCountsTheRest() {
        RawPayload first = payload("w-1", "{\"id\":1}");
        assertEquals(List.of(true), store(first));
        assertEquals(List.of(false), store(payload("w-1", "{\"id\":1}")));
        assertEquals(List.of(true), store(payload("w-1", "{\"id\":2}")), "another content is another payload");

        assertEquals(2, broker.sent.size());
        assertEquals(
                ChannelQueues.INBOUND,
                InboundMessage.TYPE.equals(broker.sent.get(0).get("type")) ? ChannelQueues.INBOUND : "");
        assertEquals(first.payloadId(), broker.sent.get(0).get("businessKey"));
        assertEquals(Map.of("open", 2L, "delivered-again", 1L, "received", 3L, "found-by-asking", 0L), balance());
        RawPayload stored = new Payloads(new Database(dataSource))
                .byIds(Set.of(first.payloadId()))
                .get(first.payloadId());
        assertArrayEquals(first.body(), stored.body());
    }

    @Test
    void whatIsStoredWithoutTheBrokerIsAnnouncedOnceLater() {
        RawPayload first = payload("w-1", "{\"id\":1}");
        RawPayload second = payload("w-2", "{\"id\":2}");
        assertEquals(List.of(true, true), storeWithoutBroker(first, second));
        assertEquals(List.of(false), storeWithoutBroker(payload("w-1", "{\"id\":1}")), "the same again");
        assertEquals(List.of(false), store(payload("w-2", "{\"id\":2}")), "the same again when the broker is back");
        assertEquals(List.of(), broker.sent, "nothing is sent");

        try (OneConnection other = new OneConnection(dataSource)) {
            assertEquals(
                    2, new Payloads(new Database(other)).takeUnannounced(10).size(), "somebody has them in hand");
            assertEquals(0, announce());
        }
        assertEquals(2, announce(), "who had them did not commit");
        assertEquals(0, announce());
        assertEquals(
                Set.of(first.payloadId(), second.payloadId()),
                broker.sent.stream().map(each -> each.get("businessKey")).collect(Collectors.toSet()));
        assertEquals(
                List.of(1L, 1L),
                broker.sent.stream().map(each -> each.get("sequence")).toList());
        assertEquals(
                List.of(TRACE, TRACE),
                broker.sent.stream().map(each -> each.get("traceparent")).toList());
        assertEquals(InboundMessage.TYPE, broker.sent.get(0).get("type"));
        assertEquals(
                InboundMessage.body((String) broker.sent.get(0).get("businessKey")),
                broker.sent.get(0).get("body"));
    }

    @Test
    void leavesADeliveryThatSomebodyElseHoldsForLater() {
        RawPayload payload = payload("w-1", "{\"id\":1}");
        try (OneConnection other = new OneConnection(dataSource)) {
            assertEquals(Set.of(), new Payloads(new Database(other)).inDoubt(List.of(payload)));
            List<Boolean> answers = store(payload);
            assertNull(answers.get(0));
        }
        assertEquals(List.of(true), store(payload));
    }

    @Test
    void tellsTheOrderModuleOfEachVersionOnce() throws IOException {
        String order = golden("tax-on-top");
        receive("w-1", "orders/create", order);
        receive("w-2", "orders/updated", order);
        receive("w-3", "orders/updated", order.replace("09:15:04", "09:15:03").replace("12.50", "12.40"));
        receive("w-4", "orders/updated", order.replace("09:15:04", "09:20:00").replace("Hafenstrasse 3", "Am Markt 1"));

        List<Map<String, Object>> commands = sentTo("order");
        assertEquals(
                List.of("PlaceOrder.v1 1", "ChangeOrder.v1 2"),
                commands.stream()
                        .map(each -> each.get("type") + " " + each.get("sequence"))
                        .toList());
        assertEquals("acme/" + code + "/6100000000001", commands.get(0).get("businessKey"));
        assertEquals(
                Map.of(
                        "told",
                        2L,
                        "repeated",
                        1L,
                        "superseded",
                        1L,
                        "delivered-again",
                        0L,
                        "received",
                        4L,
                        "found-by-asking",
                        0L),
                balance());
    }

    @Test
    void parksWhatCannotBeTranslatedWithThePathOfItsField() throws IOException {
        Verdict<Effect> verdict =
                decide(payload("w-1", golden("tax-on-top").replace("\"quantity\": 3", "\"quantity\": \"three\"")));
        Verdict.Park<Effect> park = assertInstanceOf(Verdict.Park.class, verdict);
        assertEquals(ChannelError.WRONG_VALUE, park.code());
        assertEquals("line_items[0].quantity: must be a whole number", park.detail());
        assertEquals(
                RuntimeError.MALFORMED_JSON,
                assertInstanceOf(Verdict.Park.class, decide(payload("w-2", "{")))
                        .code());
        assertEquals(Map.of("open", 2L, "delivered-again", 0L, "received", 2L, "found-by-asking", 0L), balance());
    }

    @Test
    void takesWhatSomebodyCorrectedInsteadOfWhatCame() throws IOException {
        RawPayload payload = payload("w-1", "{\"id\":\"nonsense\"}");
        store(payload);
        handle(List.of(message(
                payload,
                "{\"payloadId\":\"" + payload.payloadId() + "\",\"corrected\":" + golden("tax-included") + "}")));
        assertEquals(1, sentTo("order").size());
    }

    @Test
    void parksWhatBelongsToAnotherAccount() throws IOException {
        desk().setActive(code, true);
        new Database(dataSource).update("update connection set account = 'acme.myshopify.com' where code = ?", code);
        RawPayload payload = payload("w-1", "orders/create", "rival.myshopify.com", golden("tax-on-top"));
        assertEquals(
                ChannelError.OTHER_ACCOUNT,
                assertInstanceOf(Verdict.Park.class, decide(payload)).code());
        assertInstanceOf(
                Verdict.Handle.class,
                decide(payload("w-2", "orders/create", "ACME.myshopify.com", golden("tax-on-top"))));
    }

    @Test
    void versionsOfOneDocumentInOneBatchAreToldInTheirOrder() throws IOException {
        String order = golden("tax-on-top");
        List<Envelope> messages = new ArrayList<>();
        for (int second : new int[] {9, 5, 7}) {
            RawPayload payload = payload(
                    "w-" + second,
                    order.replace("09:15:04", "09:15:0" + second).replace("Hafenstrasse 3", "No. " + second));
            store(payload);
            messages.add(message(payload, InboundMessage.body(payload.payloadId())));
        }
        handle(messages);
        assertEquals(
                List.of("PlaceOrder.v1 1 No. 5", "ChangeOrder.v1 2 No. 7", "ChangeOrder.v1 3 No. 9"),
                sentTo("order").stream()
                        .map(each -> each.get("type") + " " + each.get("sequence") + " "
                                + StrictJson.read(
                                                ((String) each.get("body")).getBytes(StandardCharsets.UTF_8),
                                                com.fasterxml.jackson.databind.JsonNode.class)
                                        .at("/order/shipTo/line1")
                                        .asText())
                        .toList());
    }

    @Test
    void tellsRefundsAsEventsOnce() throws IOException {
        receive("w-1", "orders/updated", golden("returned-after-delivery"));
        receive("w-2", "orders/updated", golden("returned-after-delivery").replace("09:15:04", "10:00:00"));
        receive("w-3", "refunds/create", golden("refund"));
        receive("w-4", "refunds/create", golden("refund"));
        assertEquals(
                List.of("RefundMade.v1 1", "RefundMade.v1 1"),
                sentTo("channel").stream()
                        .map(each -> each.get("type") + " " + each.get("sequence"))
                        .toList());
    }

    @Test
    void asksForTheWholeOfWhatCameInPartIfTheChannelCanBeAsked() throws IOException {
        String part = golden("tax-on-top").replace("\"line_items\"", "\"line_items_left_out\"");
        assertEquals(
                ChannelError.MISSING_FIELD,
                assertInstanceOf(Verdict.Park.class, decide(payload("w-1", part)))
                        .code(),
                "it cannot be asked");
        new Database(dataSource).update("update connection set api_url = 'https://acme.example' where code = ?", code);
        receive("w-2", "orders/updated", part);

        Sweeps sweeps = new Sweeps(new Database(dataSource));
        assertEquals(
                List.of("order/6100000000001"),
                sweeps.wanted(code, 10).stream().map(Sweeps.Wanted::document).toList());
        assertEquals(1, balance().get("asked-for"));
        assertEquals(1, sweeps.state(code).wanted());
    }

    @Test
    void oneAsksAChannelAtATimeAndTheWatermarkMovesWithWhatWasSeen() {
        Sweeps sweeps = new Sweeps(new Database(dataSource));
        new Database(dataSource).update("update connection set api_url = 'https://acme.example' where code = ?", code);
        new Database(dataSource)
                .update("update sweep set due_at = due_at + interval '1 day' where connection <> ?", code);
        Instant now = CLOCK.instant();
        Sweeps.Claim claim = sweeps.claim(now, now.plusSeconds(60)).orElseThrow();
        assertEquals(code, claim.connection());
        assertTrue(sweeps.claim(now, now.plusSeconds(60)).isEmpty(), "it is claimed");
        assertEquals(
                code,
                sweeps.claim(now.plusSeconds(61), now.plusSeconds(120))
                        .orElseThrow()
                        .connection(),
                "the claim of one that died runs out");

        Instant seen = now.minusSeconds(5);
        sweeps.advance(code, claim.watermark(), seen, now.plusSeconds(60), now);
        assertEquals(seen, sweeps.state(code).watermark());
        assertTrue(sweeps.startAt(code, now.minusSeconds(900), now));
        sweeps.advance(code, seen, now, now.plusSeconds(60), now);
        assertEquals(now.minusSeconds(900), sweeps.state(code).watermark(), "somebody set it back meanwhile");
        assertEquals(now, sweeps.state(code).dueAt());
        sweeps.failed(code, "it was away", now.plusSeconds(10), now);
        assertEquals("it was away", sweeps.state(code).lastError());
    }

    @Test
    void keepsTwoSecretsAndNotThree() {
        ConnectionDesk desk = desk();
        String first = kept(desk.keep(code, Purpose.SIGNATURE, "the first secret"));
        String second = kept(desk.keep(code, Purpose.SIGNATURE, "the second secret"));
        kept(desk.keep(code, Purpose.API, "of another purpose"));
        Keeping.TooMany tooMany = assertInstanceOf(
                Keeping.TooMany.class,
                desk.keep(code, Purpose.SIGNATURE, "the third secret").orElseThrow());
        assertEquals(Set.of(first, second), Set.copyOf(tooMany.liveIds()));

        assertTrue(desk.retire(code, first));
        assertTrue(desk.retire(code, first), "again is the same");
        assertEquals(
                List.of("the second secret"),
                desk.secretsOf(code, Purpose.SIGNATURE).stream()
                        .map(each -> new String(each, StandardCharsets.UTF_8))
                        .toList());
        assertEquals(
                0,
                new Database(dataSource)
                        .queryOne(
                                "select count(*) from connection_secret where position('secret'::bytea in sealed) > 0 or (retired_at is not null and sealed <> '')",
                                row -> row.getInt(1))
                        .orElseThrow());
        assertTrue(desk.keep("nobody", Purpose.API, "a secret of nobody").isEmpty());
    }

    @Test
    void aSecretWhoseKeyIsGoneDoesNotShadowOneThatOpens() {
        SecretBox before = new SecretBox("the key before, thirty-two characters and more");
        kept(desk(before).keep(code, Purpose.SIGNATURE, "sealed with the key before"));
        RetailException refusal = assertThrows(RetailException.class, () -> desk().secretsOf(code, Purpose.SIGNATURE));
        assertEquals(ChannelError.SECRET_UNREADABLE, refusal.code());
        kept(desk().keep(code, Purpose.SIGNATURE, "entered anew, with ours"));
        assertEquals(1, desk().secretsOf(code, Purpose.SIGNATURE).size());
    }

    @Test
    void opensAConnectionOnceAndAChannelForOneOnly() {
        assertEquals(
                false,
                assertInstanceOf(Opening.Open.class, desk().open(connection("")))
                        .isNew());
        assertEquals(
                List.of("account"),
                assertInstanceOf(Opening.Differs.class, desk().open(connection("other")))
                        .fields());
        Connection second = new Connection(code + "-2", "acme", ShopifyConnector.KIND, code, "", null, true);
        assertInstanceOf(Opening.ChannelTaken.class, desk().open(second));
    }

    @Test
    void theDoorKnowsOnlyActiveConnectionsWithASecret() {
        assertTrue(open().isEmpty(), "no secret");
        desk().keep(code, Purpose.SIGNATURE, "a secret of the shop");
        assertEquals(1, open().orElseThrow().secrets().size());
        desk().setActive(code, false);
        assertTrue(open().isEmpty(), "stopped");
    }

    private java.util.Optional<OpenConnections.Open> open() {
        return new OpenConnections(new Connections(new Database(dataSource)), desk()).find(code);
    }

    private static String kept(java.util.Optional<Keeping> keeping) {
        return assertInstanceOf(Keeping.Kept.class, keeping.orElseThrow()).secretId();
    }

    private Connection connection(String account) {
        return new Connection(code, "acme", ShopifyConnector.KIND, code, account, null, true);
    }

    private ConnectionDesk desk() {
        return desk(box);
    }

    private ConnectionDesk desk(SecretBox seals) {
        Database database = new Database(dataSource);
        return new ConnectionDesk(new Connections(database), new Sweeps(database), seals, ids, CLOCK);
    }

    private RawPayload payload(String deliveryId, String body) {
        return payload(deliveryId, "orders/updated", null, body);
    }

    private RawPayload payload(String deliveryId, String topic, String account, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new RawPayload(
                ids.next(),
                code,
                "acme",
                "webhook",
                new Delivery(deliveryId, topic, account, null),
                bytes,
                PayloadDoor.sha256(bytes),
                CLOCK.instant(),
                TRACE);
    }

    private static String golden(String name) throws IOException {
        return new String(
                ChannelStoreIT.class
                        .getResourceAsStream("shopify/golden/" + name + ".json")
                        .readAllBytes(),
                StandardCharsets.UTF_8);
    }

    private List<Boolean> store(RawPayload payload) {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            Database database = new Database(transaction);
            PayloadIntake intake =
                    PayloadIntake.announcing(new Payloads(database), sender(database), new Trace(database, CLOCK));
            List<Boolean> answers = intake.write(List.of(payload), true);
            transaction.commit();
            return answers;
        }
    }

    private List<Boolean> storeWithoutBroker(RawPayload... payloads) {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            Database database = new Database(transaction);
            PayloadIntake intake =
                    PayloadIntake.withoutBroker(new Payloads(database), sender(database), new Trace(database, CLOCK));
            List<Boolean> answers = intake.write(List.of(payloads), true);
            transaction.commit();
            return answers;
        }
    }

    private int announce() {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            Database database = new Database(transaction);
            int announced = Announcer.announce(new Payloads(database), sender(database));
            transaction.commit();
            return announced;
        }
    }

    private void receive(String deliveryId, String topic, String body) {
        RawPayload payload = payload(deliveryId, topic, null, body);
        store(payload);
        handle(List.of(message(payload, InboundMessage.body(payload.payloadId()))));
    }

    private Envelope message(RawPayload payload, String body) {
        return new Envelope(
                ids.next(), InboundMessage.TYPE, "acme", payload.payloadId(), 1, TRACE, "", payload.connection(), body);
    }

    private Verdict<Effect> decide(RawPayload payload) {
        store(payload);
        try (OneConnection transaction = new OneConnection(dataSource)) {
            InboundPayloads handler = handler(new Database(transaction));
            Envelope message = message(payload, InboundMessage.body(payload.payloadId()));
            return handler.decide(message, handler.load(List.of(message)));
        }
    }

    private void handle(List<Envelope> messages) {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            InboundPayloads handler = handler(new Database(transaction));
            InboundPayloads.Facts facts = handler.load(messages);
            List<BatchHandler.Decided<Effect>> good = new ArrayList<>();
            for (Envelope message : messages) {
                Verdict<Effect> verdict = handler.decide(message, facts);
                good.add(new BatchHandler.Decided<>(
                        message,
                        assertInstanceOf(Verdict.Handle.class, verdict, verdict::toString)
                                                .effect()
                                        instanceof Effect effect
                                ? effect
                                : null));
            }
            handler.write(good, facts);
            transaction.commit();
        }
    }

    private InboundPayloads handler(Database database) {
        return new InboundPayloads(
                new Payloads(database),
                new Connections(database),
                new Documents(database),
                new Sweeps(database),
                new Connectors(List.of(new ShopifyConnector())),
                sender(database),
                new Trace(database, CLOCK),
                CLOCK);
    }

    private MessageSender sender(Database database) {
        return new MessageSender(
                database,
                broker.factory(),
                Map.of(
                        ChannelQueues.INBOUND, broker.queue,
                        OrderQueues.COMMANDS, broker.queue,
                        ChannelQueues.EVENTS, broker.queue),
                CLOCK);
    }

    /** By what is told: commands to the order module, events of this one. */
    private List<Map<String, Object>> sentTo(String module) {
        return broker.sent.stream()
                .filter(each -> ((String) each.get("type")).contains("Order") == module.equals("order"))
                .filter(each -> !each.get("type").equals(InboundMessage.TYPE))
                .toList();
    }
}
