package org.retailhub.platform.runtime.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.platform.runtime.hospital.HospitalDesk;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.OneConnection;

/** The promise: a message that was sent and has not come is named, also when no later one of its key waits for it; no other is. */
class CensusTest {
    private static final String QUEUE = "test.queue";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC);
    private static TemporaryPostgres postgres;

    private final List<Map<String, Long>> told = new ArrayList<>();
    private OneConnection connection;
    private OneConnection another;
    private Database database;
    private Census census;
    private UnaryOperator<Set<String>> awaited = keys -> keys;

    @BeforeAll
    static void startPostgres() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void connect() throws Exception {
        connection = new OneConnection(postgres.url("erp_app"));
        another = new OneConnection(postgres.url("erp_app"));
        database = new Database(connection);
        for (String table : List.of("sent_message", "overdue_message", "hospital_action", "hospital_case", "inbox")) {
            database.update("delete from " + table);
        }
        connection.commit();
        census = new Census(
                "test",
                database,
                (destination, type, bodies) -> bodies.forEach(body -> told.add(Census.read(body))),
                null);
        look();
        told.clear();
    }

    @AfterEach
    void disconnect() throws Exception {
        for (OneConnection each : List.of(connection, another)) {
            each.rollback();
            each.close();
        }
    }

    @Test
    void eachMessageIsCountedOnceAtTheSecondLook() throws Exception {
        sent(database, "k1", 1);
        sent(database, "k1", 2);
        sent(database, "k2", 1);
        connection.commit();
        look();
        assertEquals(List.of(), told, "on its way perhaps");
        look();
        assertEquals(List.of(Map.of("k1", 2L, "k2", 1L)), told);
        look();
        look();
        assertEquals(1, told.size(), told::toString);
    }

    @Test
    void transactionThatCommitsLateIsCountedToo() throws Exception {
        sent(new Database(another), "late", 1);
        sent(database, "early", 1);
        connection.commit();
        look();
        look();
        assertEquals(List.of(), told, "nothing behind an open transaction");
        another.commit();
        look();
        look();
        assertEquals(List.of(Map.of("late", 1L, "early", 1L)), told);
    }

    @Test
    void whatWasCountedAndHasNotComeIsNamedUntilItComes() throws Exception {
        inbox("handled", 3);
        inbox("behind", 1);
        compare(Map.of("handled", 3L, "behind", 3L, "unheard", 1L));
        assertEquals(List.of("behind #2", "behind #3", "unheard #1"), missing());
        inbox("behind", 2);
        assertEquals(List.of("behind #3", "unheard #1"), missing());
        inbox("behind", 3);
        inbox("unheard", 1);
        assertEquals(List.of(), missing());
        compare(Map.of("handled", 3L));
        assertEquals(
                0, database.query("select 1 from overdue_message", row -> 1).size(), "forgotten when it has come");
    }

    @Test
    void whatLiesInTheHospitalIsNotMissing() throws Exception {
        inbox("parked", 0);
        parked("parked", 1);
        parked("parked", 2);
        inbox("hole", 0);
        parked("hole", 1);
        parked("hole", 3);
        compare(Map.of("parked", 2L, "hole", 3L));
        assertEquals(List.of("hole #2"), missing());
    }

    @Test
    void whatDoesNotComeToTheQueueIsNotMissing() throws Exception {
        awaited = keys -> Set.of("mine");
        compare(Map.of("mine", 1L, "filtered", 7L));
        assertEquals(List.of("mine #1"), missing());
        compare(Map.of("filtered", 8L));
        assertEquals(List.of("mine #1"), missing());
    }

    @Test
    void censusOfSomebodyElseIsPassedOver() {
        new OverdueMessages(database, CLOCK)
                .compare(QUEUE, List.of("{\"k\":\"no number\"}", "{\"k\":1}"), keys -> keys);
        assertEquals(List.of("k #1"), missing());
    }

    private void look() throws Exception {
        census.count();
        connection.commit();
    }

    private void compare(Map<String, Long> highest) throws Exception {
        new OverdueMessages(database, CLOCK).compare(QUEUE, List.of(Census.write(highest)), awaited);
        connection.commit();
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        new HospitalDesk(database, CLOCK)
                .missing(Duration.ofSeconds(60))
                .forEach(each -> missing.add(each.businessKey() + " #" + each.sequence()));
        assertTrue(missing.stream().distinct().count() == missing.size(), missing::toString);
        return missing;
    }

    private static void sent(Database database, String key, long sequence) {
        database.update("""
                insert into sent_message (destination, business_key, sequence, message_id, type, tenant, channel, traceparent,
                  caused_by, body_hash, sent_at, sent_xid)
                values (?, ?, ?, ?, 'Test.v1', 'acme', '', '', '', '', ?, pg_current_xact_id()::text::bigint)""", QUEUE, key, sequence, key + sequence, CLOCK.instant());
    }

    private void inbox(String key, long lastSequence) {
        database.update("""
                insert into inbox (queue, business_key, last_sequence, updated_at) values (?, ?, ?, ?)
                on conflict (queue, business_key) do update set last_sequence = excluded.last_sequence""", QUEUE, key, lastSequence, CLOCK.instant());
    }

    private void parked(String key, long sequence) {
        database.update("""
                insert into hospital_case (case_id, queue, business_key, sequence, message_id, type, tenant, channel, traceparent,
                  caused_by, body, state, parked_at, state_since)
                values (?, ?, ?, ?, '', 'Test.v1', 'acme', '', '', '', '{}', 'parked', ?, ?)""", key + sequence, QUEUE, key, sequence, CLOCK.instant(), CLOCK.instant());
    }

    @Test
    void takesNothingForNoCensus() {
        for (String nothing : List.of("", "null", "[]")) {
            assertThrows(IllegalArgumentException.class, () -> Census.read(nothing), nothing);
        }
    }
}
