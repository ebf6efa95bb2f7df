package org.retailhub.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.channel.domain.Delivery;
import org.retailhub.channel.domain.Fate;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.OneConnection;

/** Which payloads lose their bodies, as the application role on the migrated schema. */
class PayloadRetentionIT {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String BODY = "{\"customer\":{\"email\":\"a@example.org\"}}";
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

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
    void nothingIsThere() {
        Database database = new Database(dataSource);
        for (String table : List.of("wanted", "unannounced", "hospital_case", "payload_fate", "payload")) {
            database.update("delete from " + table);
        }
        database.update("update payload_retention set passed = ''");
        database.update("""
                insert into connection (code, tenant, kind, channel, account, active, version, created_at, updated_at)
                values ('shop', 'acme', 'shopify', 'shop-eu', '', true, 1, ?, ?) on conflict do nothing""", NOW, NOW);
    }

    @Test
    void theOldLoseTheirBodiesAndKeepTheirRows() {
        String old = decided(31, Fate.TOLD);
        String young = decided(29, Fate.TOLD);
        assertFalse(rounds(retention(30)));
        assertEquals("", body(old));
        assertEquals(BODY, body(young));
        Database database = new Database(dataSource);
        assertEquals(NOW, new Payloads(database).removedAt(old).orElseThrow());
        assertTrue(new Payloads(database).removedAt(young).isEmpty());
        Insight.Story story = new PayloadInsight(
                        database, new ModuleLog(database, Bodies.NONE), new ShipmentTellings(database), CLOCK)
                .story(Set.of(old, young));
        assertEquals(
                Map.of(old, false, young, true),
                story.steps().stream()
                        .filter(each -> each.what().equals("payload"))
                        .collect(java.util.stream.Collectors.toMap(Insight.Step::key, each -> each.payload() != null)));
    }

    @Test
    void theSameDeliveryIsStillKnownAfterItsBodyIsGone() {
        RawPayload old = payload(31);
        store(old);
        settle(old.payloadId(), Fate.TOLD);
        rounds(retention(30));
        RawPayload again = new RawPayload(
                new Ulid(CLOCK).next(),
                "shop",
                "acme",
                "webhook",
                old.delivery(),
                old.body(),
                old.sha256(),
                NOW,
                old.traceparent());
        assertEquals(Set.of(), new Payloads(new Database(dataSource)).store(List.of(again)));
    }

    @Test
    void whatWaitsIsParkedOrIsWantedKeepsItsBody() {
        String waiting = stored(31);
        String unannounced = decided(32, Fate.TOLD);
        String wanted = decided(33, Fate.ASKED_FOR);
        String parked = stored(34);
        String parkedAgain = decided(35, Fate.TOLD);
        String discarded = stored(36);
        String done = decided(37, Fate.TOLD);
        Database database = new Database(dataSource);
        database.update("insert into unannounced (payload_id) values (?)", unannounced);
        database.update(
                "insert into wanted (connection, document, payload_id, wanted_at) values ('shop', 'order/1', ?, ?)",
                wanted,
                NOW);
        hospitalCase(parked, "parked");
        hospitalCase(parkedAgain, "due");
        hospitalCase(discarded, "discarded");
        hospitalCase(done, "done");
        rounds(retention(30));
        for (String kept : List.of(waiting, unannounced, wanted, parked, parkedAgain)) {
            assertEquals(BODY, body(kept));
        }
        assertEquals("", body(discarded));
        assertEquals("", body(done));
    }

    @Test
    void whatWasHeldBackGoesInALaterRound() {
        String first = decided(40, Fate.TOLD);
        String parked = stored(39);
        String later = decided(38, Fate.TOLD);
        hospitalCase(parked, "parked");
        PayloadRetention retention = retention(30);
        rounds(retention);
        assertEquals(first, new OldPayloads(new Database(dataSource)).passed(), "and no further");
        assertEquals("", body(later));
        new Database(dataSource).update("update hospital_case set state = 'discarded'");
        rounds(retention(30));
        assertEquals("", body(parked));
        assertEquals(later, new OldPayloads(new Database(dataSource)).passed());
    }

    @Test
    void goesThroughManyInPieces() {
        for (int i = 0; i < 1_203; i++) {
            decided(31, Fate.SUPERSEDED);
        }
        String parked = stored(45);
        PayloadRetention retention = retention(30);
        assertTrue(look(retention));
        assertEquals(499, removed(), "one transaction's share, the one that is parked among them");
        assertTrue(look(retention));
        assertFalse(look(retention));
        assertEquals(1_203, removed());
        assertEquals(BODY, body(parked));
    }

    private long removed() {
        return new Database(dataSource)
                .queryOne("select count(*) from payload where removed_at is not null", row -> row.getLong(1))
                .orElseThrow();
    }

    private static PayloadRetention retention(int days) {
        return new PayloadRetention(
                new Database(dataSource),
                new org.retailhub.platform.runtime.tx.Transactions(null, 10),
                () -> Duration.ofDays(days),
                CLOCK);
    }

    /** @return whether there is more, which there is not */
    private static boolean rounds(PayloadRetention retention) {
        boolean more = look(retention);
        while (more) {
            more = look(retention);
        }
        return more;
    }

    private static boolean look(PayloadRetention retention) {
        return retention.look();
    }

    private static void hospitalCase(String payloadId, String state) {
        new Database(dataSource).update("""
                        insert into hospital_case (case_id, queue, business_key, sequence, message_id, type, tenant, channel, traceparent,
                          caused_by, body, state, parked_at, state_since)
                        values (?, 'channel.inbound', ?, 1, ?, 'PayloadStored.v1', 'acme', 'shop', '', '', '{}', ?, ?, ?)""", payloadId, payloadId, payloadId, state, NOW, NOW);
    }

    private static String decided(int days, Fate fate) {
        String payloadId = stored(days);
        settle(payloadId, fate);
        return payloadId;
    }

    private static void settle(String payloadId, Fate fate) {
        new Payloads(new Database(dataSource))
                .settle(List.of(new Payloads.Decided(payloadId, fate, "order/1", NOW, "")), NOW);
    }

    private static String stored(int days) {
        RawPayload payload = payload(days);
        store(payload);
        return payload.payloadId();
    }

    private static void store(RawPayload payload) {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            new Payloads(new Database(transaction)).store(List.of(payload));
            transaction.commit();
        }
    }

    private static RawPayload payload(int days) {
        Instant at = NOW.minus(Duration.ofDays(days));
        byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);
        String id = new Ulid(Clock.fixed(at, ZoneOffset.UTC)).next();
        return new RawPayload(
                id,
                "shop",
                "acme",
                "webhook",
                new Delivery("w-" + id, "orders/updated", null, null),
                bytes,
                PayloadDoor.sha256(bytes),
                at,
                "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
    }

    private static String body(String payloadId) {
        return new String(
                new Payloads(new Database(dataSource))
                        .byIds(Set.of(payloadId))
                        .get(payloadId)
                        .body(),
                StandardCharsets.UTF_8);
    }
}
