package org.retailhub.erp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
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
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.Insight.Account;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sql.Database;

/** What the rows and the ERP's marks say of a posting, and what is named when it is gone. */
class PostingAccountsIT {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String ORDER = "01KAQ3V9Y2M4T6W8X0Z1B3C5D7";
    private static final String MESSAGE = "01KAQ3V9Y2AAAAAAAAAAAAAAAA";
    private static final String QUEUE = "erp.postings.idempiere";
    private static TemporaryPostgres postgres;
    private static Database database;

    private final Set<String> marks = new HashSet<>(Set.of(MESSAGE));
    private Clock clock = Clock.fixed(NOON.plusSeconds(61), ZoneOffset.UTC);

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("erp_app"));
        database = new Database(dataSource);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void aPostingThatIsAcknowledged() {
        for (String table : List.of("posting", "sent_message", "trace_hop", "inbox", "hospital_case")) {
            database.update("delete from " + table);
        }
        database.update("""
                insert into posting (target, business_key, tenant, channel, state, sequence, event_sequence, message_id, traceparent,
                  document_no, document_id, written_at, verdict_at)
                values ('idempiere', ?, 'acme', 'shop-eu', 'acknowledged', 1, 1, ?, '', ?, '1000017', ?, ?)""", ORDER, MESSAGE, ORDER, NOON, NOON);
        database.update(
                "insert into inbox (queue, business_key, last_sequence, updated_at) values (?, ?, 1, ?)",
                QUEUE,
                ORDER,
                NOON);
        database.update("""
                insert into sent_message (destination, business_key, sequence, message_id, type, tenant, channel, traceparent, caused_by,
                  body_hash, body, sent_at)
                values ('erp.events', ?, 1, '01KAQ3V9Y2BBBBBBBBBBBBBBBB', 'PostingAcknowledged.v1', 'acme', 'shop-eu', '', '', '\\x00', '{}', ?)""", ORDER, NOON);
    }

    @SuppressWarnings("unchecked")
    private Account account() {
        ErpAdapter<ErpAdapter.Facts, Object> erp = (ErpAdapter<ErpAdapter.Facts, Object>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ErpAdapter.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "target" -> "idempiere";
                    case "marked" -> {
                        Set<String> found = new HashSet<>((java.util.Collection<String>) arguments[0]);
                        found.retainAll(marks);
                        yield found;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        Target<?, ?> target = Target.of(erp, QUEUE, database, clock);
        return new PostingAccounts(database, () -> List.of(target), clock)
                .of(Set.of(ORDER))
                .get(ORDER);
    }

    @Test
    void tellsWhatIsThere() {
        assertEquals(
                new Account(
                        ORDER,
                        "acme",
                        "shop-eu",
                        NOON,
                        "acknowledged",
                        1,
                        Map.of("erp.events", 1L),
                        Map.of(QUEUE, 1L),
                        0,
                        List.of()),
                account());
    }

    @Test
    void namesEachRowThatIsGone() {
        without("delete from posting", "its row in posting is missing");
        without("delete from inbox", "message 1 took effect and inbox has no row");
        without("delete from sent_message", "of 1 events 0 are in sent_message");
    }

    private void without(String change, String fault) {
        database.update(change);
        assertEquals(List.of(fault), account().faults());
        aPostingThatIsAcknowledged();
    }

    @Test
    void namesAMarkThatIsGoneAfterTheTimeThatRecoveryTakes() {
        marks.clear();
        assertEquals(
                List.of("its mark in the ERP is missing (message " + MESSAGE + ")"),
                account().faults());
        clock = Clock.fixed(NOON.plusSeconds(59), ZoneOffset.UTC);
        assertEquals(List.of(), account().faults());
    }

    @Test
    void whatSomebodyGaveUpIsNotMissing() {
        database.update("delete from posting");
        database.update("""
                insert into hospital_case (case_id, queue, business_key, sequence, message_id, type, tenant, channel, traceparent,
                  caused_by, body, state, parked_at, state_since)
                values ('C1', ?, ?, 1, ?, 'PostOrder.v1', 'acme', 'shop-eu', '', '', '{}', 'discarded', ?, ?)""", QUEUE, ORDER, MESSAGE, NOON, NOON);
        assertEquals(List.of(), account().faults());
        assertEquals("discarded", account().state());
    }

    @Test
    void anOrderAndItsDocumentLeadToTheStory() {
        PostingInsight insight = new PostingInsight(database, new ModuleLog(database, Bodies.NONE), clock);
        assertEquals(Map.of(ORDER, ""), insight.traceparents(Set.of(ORDER, "other")));
        assertEquals(List.of(), insight.hops(NOON, NOON.plusSeconds(1), 10));
        for (String name : List.of(ORDER, "1000017")) {
            Insight.Story story = insight.story(Set.of(name));
            assertEquals(1, story.subjects().size(), name);
            assertEquals(Set.of(ORDER, "1000017"), story.subjects().get(0).names());
        }
    }
}
