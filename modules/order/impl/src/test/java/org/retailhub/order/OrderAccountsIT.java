package org.retailhub.order;

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
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sql.Database;

/** What the rows say of an order, and which row is named when it is gone. On the migrated schema as the application role. */
class OrderAccountsIT {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String ORDER = "01KAQ3V9Y2M4T6W8X0Z1B3C5D7";
    private static final String MESSAGE = "01KAQ3V9Y2AAAAAAAAAAAAAAAA";
    private static final String TRACE = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
    private static TemporaryPostgres postgres;
    private static Database database;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("order_app"));
        database = new Database(dataSource);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void anOrderThatIsPosted() {
        for (String table :
                List.of("order_revision", "orders", "sent_message", "trace_hop", "inbox", "hospital_case")) {
            database.update("delete from " + table);
        }
        database.update("""
                insert into orders (order_id, tenant, channel, channel_order_id, status, version, revision, posting_sequence, content_hash,
                  placed_at, received_at, status_since, currency, grand_total, document_no)
                values (?, 'acme', 'shop-eu', '1001', 'posted', 2, 1, 1, '\\x00', ?, ?, ?, 'EUR', 12.30, ?)""", ORDER, NOON, NOON, NOON, ORDER);
        database.update(
                "insert into order_revision (order_id, revision, posting_sequence, document, recorded_at, traceparent) values (?, 1, 1, '{}', ?, ?)",
                ORDER,
                NOON,
                TRACE);
        database.update("""
                insert into sent_message (destination, business_key, sequence, message_id, type, tenant, channel, traceparent, caused_by,
                  body_hash, sent_at) values ('erp.postings.idempiere', ?, 1, ?, 'PostOrder.v1', 'acme', 'shop-eu', ?, '', '\\x00', ?)""", ORDER, MESSAGE, TRACE, NOON);
        database.update(
                "insert into trace_hop (hopped_at, business_key, tenant, hop, message_id, detail) values (?, ?, 'acme', 'accepted', ?, 'posting')",
                NOON,
                ORDER,
                MESSAGE);
        database.update(
                "insert into inbox (queue, business_key, last_sequence, updated_at) values ('erp.events.order', ?, 1, ?)",
                ORDER,
                NOON);
    }

    private static Account account() {
        return new OrderAccounts(database).of(Set.of(ORDER)).get(ORDER);
    }

    @Test
    void tellsWhatIsThere() {
        assertEquals(
                new Account(
                        ORDER,
                        "acme",
                        "shop-eu",
                        NOON,
                        "posted",
                        1,
                        Map.of("erp.postings.idempiere", 1L),
                        Map.of("erp.events.order", 1L),
                        0,
                        List.of()),
                account());
        assertEquals(List.of(new Insight.Received(ORDER, NOON)), received());
        assertEquals(Map.of(), new OrderAccounts(database).of(Set.of("unknown")));
    }

    private static List<Insight.Received> received() {
        return new OrderAccounts(database).received(NOON, NOON.plusSeconds(1), 10);
    }

    @Test
    void namesEachRowThatIsGone() {
        without("delete from order_revision", "of 1 revisions 0 are in order_revision");
        without("delete from sent_message", "of 1 messages 0 are in sent_message");
        without("delete from trace_hop", "its acceptance is missing in trace_hop");
        without("delete from inbox", "it is posted and the message that said so is missing in inbox");
        without("update orders set status = 'awaiting-mapping'", "what it waits for is missing in order_awaiting_sku");
    }

    private void without(String change, String fault) {
        database.update(change);
        assertEquals(List.of(fault), account().faults());
        anOrderThatIsPosted();
    }

    @Test
    void knowsAnOrderWhoseRowIsGoneByTheOthers() {
        database.update("delete from order_revision");
        database.update("delete from orders");
        assertEquals(List.of("its row in orders is missing"), account().faults());
        assertEquals("acme", account().tenant());
        assertEquals("shop-eu", account().channel());
        assertEquals(List.of(new Insight.Received(ORDER, NOON)), received());
    }

    private static OrderInsight insight() {
        return new OrderInsight(
                database, new ModuleLog(database, Bodies.NONE), Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC));
    }

    @Test
    void anOrderComesInByTheDoorUnlessACommandBroughtIt() {
        List<Insight.Hop> hops = insight().hops(NOON, NOON.plusSeconds(1), 10);
        assertEquals(List.of(new Insight.Hop(NOON, ORDER, "acme", "accepted", "posting", MESSAGE, true)), hops);
        database.update(
                "insert into inbox (queue, business_key, last_sequence, updated_at) values ('order.commands', 'acme/shop-eu/1001', 1, ?)",
                NOON);
        assertEquals(false, insight().hops(NOON, NOON.plusSeconds(1), 10).get(0).door());
    }

    @Test
    void theFirstRequestsTraceIsTheOrders() {
        assertEquals(
                Map.of(ORDER, TRACE, "acme/shop-eu/1001", TRACE),
                insight().traceparents(Set.of(ORDER, "acme/shop-eu/1001", "acme/shop-eu/1002")));
    }

    @Test
    void eachNameOfAnOrderLeadsToItsStory() {
        OrderInsight insight = insight();
        for (String name : List.of(ORDER, "1001", "acme/shop-eu/1001", MESSAGE, "0123456789abcdef0123456789abcdef")) {
            Insight.Story story = insight.story(Set.of(name));
            assertEquals(1, story.subjects().size(), name);
            assertEquals(ORDER, story.subjects().get(0).key(), name);
            assertEquals(
                    Set.of("accepted", "sent", "revision"),
                    Set.copyOf(story.steps().stream().map(Insight.Step::what).toList()),
                    name);
        }
        assertEquals(
                List.of(),
                insight.story(Set.of("1002", "fedcba9876543210fedcba9876543210"))
                        .subjects());
    }
}
