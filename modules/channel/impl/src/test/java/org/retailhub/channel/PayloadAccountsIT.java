package org.retailhub.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
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
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.Insight.Account;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sql.Database;

/** What the rows say of a payload, and which row is named when it is gone. */
class PayloadAccountsIT {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String PAYLOAD = Ulid.of(NOON, "payload");
    private static final String MESSAGE = Ulid.beside(PAYLOAD, "message");
    private static final String TRACE = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
    private static TemporaryPostgres postgres;
    private static Database database;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("channel_app"));
        database = new Database(dataSource);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void aPayloadThatWasTold() {
        for (String table : List.of(
                "payload_fate",
                "unannounced",
                "payload",
                "document",
                "connection",
                "sent_message",
                "trace_hop",
                "inbox",
                "hospital_case")) {
            database.update("delete from " + table);
        }
        database.update("""
                insert into connection (code, tenant, kind, channel, account, active, version, created_at, updated_at)
                values ('acme-shop', 'acme', 'shopify', 'shop-eu', 'acme', true, 1, ?, ?)""", NOON, NOON);
        database.update("""
                insert into payload (payload_id, connection, tenant, delivery_id, origin, topic, received_at, last_delivery_at, deliveries,
                  body, body_sha256, traceparent)
                values (?, 'acme-shop', 'acme', 'delivery-1', 'webhook', 'orders/create', ?, ?, 2, '{}', '\\x00', ?)""", PAYLOAD, NOON, NOON, TRACE);
        database.update(
                "insert into payload_fate (payload_id, fate, document, detail, decided_at) values (?, 'told', 'order/5001', '', ?)",
                PAYLOAD,
                NOON);
        database.update("""
                insert into document (connection, document, cancelled, command_sequence, event_sequence, updated_at)
                values ('acme-shop', 'order/5001', false, 1, 0, ?)""", NOON);
        sent("channel.inbound", PAYLOAD, MESSAGE, "");
        sent("order.commands", "acme/shop-eu/5001", Ulid.beside(PAYLOAD, "command"), PAYLOAD);
        database.update(
                "insert into trace_hop (hopped_at, business_key, tenant, hop, message_id, detail) values (?, ?, 'acme', 'received', '', '')",
                NOON,
                PAYLOAD);
        database.update(
                "insert into inbox (queue, business_key, last_sequence, updated_at) values ('channel.inbound', ?, 1, ?)",
                PAYLOAD,
                NOON);
    }

    private static void sent(String destination, String key, String messageId, String causedBy) {
        database.update("""
                insert into sent_message (destination, business_key, sequence, message_id, type, tenant, channel, traceparent, caused_by,
                  body_hash, body, sent_at) values (?, ?, 1, ?, 'Some.v1', 'acme', 'shop-eu', ?, ?, '\\x00', '{}', ?)""", destination, key, messageId, TRACE, causedBy, NOON);
    }

    private static Account account() {
        return new PayloadAccounts(database).of(Set.of(PAYLOAD)).get(PAYLOAD);
    }

    @Test
    void tellsWhatIsThere() {
        assertEquals(
                new Account(
                        PAYLOAD,
                        "acme",
                        "shop-eu",
                        NOON,
                        "told",
                        2,
                        Map.of("channel.inbound", 1L),
                        Map.of("channel.inbound", 1L),
                        0,
                        List.of()),
                account());
        assertEquals(List.of(new Insight.Received(PAYLOAD, NOON)), received());
    }

    private static List<Insight.Received> received() {
        return new PayloadAccounts(database).received(NOON, NOON.plusSeconds(1), 10);
    }

    @Test
    void namesEachRowThatIsGone() {
        without("delete from payload_fate", "its row in payload_fate is missing");
        without(
                "delete from sent_message where destination = 'channel.inbound'",
                "its message is missing in sent_message");
        without("delete from trace_hop", "its reception is missing in trace_hop");
        without("delete from inbox", "it was decided and inbox has no row of it");
        without("delete from document", "the row of its document order/5001 is missing in document");
    }

    private void without(String change, String fault) {
        database.update(change);
        assertEquals(List.of(fault), account().faults());
        aPayloadThatWasTold();
    }

    /** Stored while the broker did not answer: nothing is missing, its message follows. */
    @Test
    void whatIsNotAnnouncedYetIsOnItsWay() {
        for (String table : List.of("payload_fate", "sent_message", "inbox", "document")) {
            database.update("delete from " + table);
        }
        assertEquals(
                List.of("its message is missing in sent_message"), account().faults());
        database.update("insert into unannounced (payload_id) values (?)", PAYLOAD);
        assertEquals(List.of(), account().faults());
    }

    @Test
    void knowsAPayloadWhoseRowIsGoneByTheOthers() {
        database.update("delete from payload_fate");
        database.update("delete from payload");
        assertEquals(
                List.of("its row in payload is missing", "its row in payload_fate is missing"),
                account().faults());
        assertEquals(List.of(new Insight.Received(PAYLOAD, NOON)), received());
    }

    @Test
    void aPayloadComesInByTheDoorWithItsTrace() {
        PayloadInsight insight = new PayloadInsight(
                database,
                new ModuleLog(database, Bodies.NONE),
                new ShipmentTellings(database),
                Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC));
        assertEquals(
                List.of(new Insight.Hop(NOON, PAYLOAD, "acme", "received", "", "", true)),
                insight.hops(NOON, NOON.plusSeconds(1), 10));
        assertEquals(
                Map.of(PAYLOAD, TRACE, "acme/shop-eu/5001", TRACE),
                insight.traceparents(Set.of(PAYLOAD, "acme/shop-eu/5001", "other")));
    }

    @Test
    void eachNameOfAPayloadLeadsToItsStory() {
        PayloadInsight insight = new PayloadInsight(
                database,
                new ModuleLog(database, Bodies.NONE),
                new ShipmentTellings(database),
                Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC));
        for (String name : List.of(
                PAYLOAD,
                "delivery-1",
                "order/5001",
                "acme/shop-eu/5001",
                MESSAGE,
                "0123456789abcdef0123456789abcdef")) {
            Insight.Story story = insight.story(Set.of(name));
            assertEquals(
                    Set.of(PAYLOAD, "acme/shop-eu/5001"),
                    Set.copyOf(
                            story.subjects().stream().map(Insight.Subject::key).toList()),
                    name);
        }
    }
}
