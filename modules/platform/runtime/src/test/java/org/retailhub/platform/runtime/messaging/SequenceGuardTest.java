package org.retailhub.platform.runtime.messaging;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.hospital.CaseState;
import org.retailhub.platform.runtime.hospital.CaseView;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.hospital.HospitalDesk;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.platform.testkit.OneConnection;

/**
 * The promise: per key, effects are written in the order of the sequence, each once, whatever the broker delivers; and a sick
 * message holds back its own key only.
 */
class SequenceGuardTest {
    private static final String QUEUE = "test.queue";
    private static TemporaryPostgres postgres;

    /** Writes down what it handled; messages whose body says so are sick. */
    private static final class Recorder implements BatchHandler<Set<String>, String> {
        final Map<String, List<Long>> written = new HashMap<>();
        final Set<String> sick = new HashSet<>();
        final Set<String> early = new HashSet<>();
        final Set<String> traced = new HashSet<>();

        @Override
        public Set<String> load(List<Envelope> batch) {
            assertEquals(
                    batch.size(),
                    batch.stream().map(Envelope::businessKey).distinct().count(),
                    "one message per key and round");
            return sick;
        }

        @Override
        public Verdict<String> decide(Envelope message, Set<String> facts) {
            if (message.body().equals("\"bug\"")) {
                throw new IllegalStateException("bug");
            }
            if (early.contains(message.messageId())) {
                return Verdict.hold(
                        RuntimeError.DEADLINE_PASSED, "early", Duration.ofSeconds(1), Duration.ofSeconds(10));
            }
            return facts.contains(message.messageId())
                    ? Verdict.park(RuntimeError.UNKNOWN_MESSAGE_TYPE, "sick")
                    : Verdict.handle(message.body());
        }

        @Override
        public boolean traces(Envelope message) {
            return traced.contains(message.messageId());
        }

        @Override
        public void write(List<Decided<String>> good, Set<String> facts) {
            for (Decided<String> one : good) {
                written.computeIfAbsent(one.message().businessKey(), k -> new ArrayList<>())
                        .add(one.message().sequence());
            }
        }
    }

    private final Hands clock = new Hands(Instant.parse("2026-11-23T10:00:00Z"));
    private final Recorder handler = new Recorder();
    private OneConnection connection;
    private Hospital hospital;
    private HospitalDesk desk;

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
        Database database = new Database(connection);
        database.update("delete from hospital_action");
        database.update("delete from hospital_case");
        database.update("delete from inbox");
        database.update("delete from trace_hop");
        connection.commit();
        hospital = new Hospital(database, new Ulid(clock), clock);
        desk = new HospitalDesk(database, clock);
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.rollback();
        connection.close();
    }

    private static Envelope message(String key, long sequence) {
        return message(key, sequence, "\"good\"");
    }

    private static Envelope message(String key, long sequence, String body) {
        return new Envelope(key + "#" + sequence, "Test.v1", "t", key, sequence, "", "", "", body);
    }

    private int step(Envelope... messages) throws Exception {
        Database database = new Database(connection);
        List<Received> received =
                List.of(messages).stream().map(m -> new Received(m, true, "")).toList();
        int handled = new DrainBatch<>(
                        QUEUE, handler, new Inbox(database, clock), hospital, new Trace(database, clock), clock)
                .run(hospital.dueKeys(QUEUE, 100), received, 100, null);
        connection.commit();
        return handled;
    }

    private void release(String messageId) throws Exception {
        handler.sick.remove(messageId);
        CaseView parked = desk.search(null, CaseState.PARKED, null, null, 100).stream()
                .filter(c -> c.messageId().equals(messageId))
                .findFirst()
                .orElseThrow();
        desk.release(parked.caseId(), "tester", "healed");
        connection.commit();
    }

    private static List<Long> upTo(long n) {
        return LongStream.rangeClosed(1, n).boxed().toList();
    }

    @Test
    void handlesSeveralMessagesOfOneKeyInOneBatchInOrder() throws Exception {
        assertEquals(4, step(message("a", 2), message("a", 1), message("b", 1), message("a", 3)));
        assertEquals(Map.of("a", upTo(3), "b", upTo(1)), handler.written);
    }

    @Test
    void writesNoHopThatItHandledWhatItsHandlerTraces() throws Exception {
        handler.traced.add("a#1");
        step(message("a", 1), message("a", 2));

        assertEquals(
                List.of("a#2"),
                new Trace(new Database(connection), clock)
                        .of("a").stream().map(Trace.HopView::messageId).toList());
    }

    @Test
    void dropsDuplicates() throws Exception {
        step(message("a", 1));
        assertEquals(0, step(message("a", 1)));
        assertEquals(1, step(message("a", 2), message("a", 2)));
        assertEquals(upTo(2), handler.written.get("a"));
    }

    @Test
    void holdsWhatComesBeforeItsPredecessorAndNamesTheMissingNumber() throws Exception {
        step(message("a", 1));
        assertEquals(0, step(message("a", 3), message("a", 4)));
        assertEquals(List.of(), desk.missing(Duration.ofSeconds(60)));
        clock.forward(Duration.ofSeconds(61));
        HospitalDesk.Missing missing = desk.missing(Duration.ofSeconds(60)).get(0);
        assertEquals("a", missing.businessKey());
        assertEquals(2, missing.sequence());
        assertEquals(1, step(message("a", 2)));
        assertEquals(2, step());
        assertEquals(upTo(4), handler.written.get("a"));
        assertEquals(List.of(), desk.missing(Duration.ofSeconds(60)));
    }

    @Test
    void parksASickMessageAndWhatFollowsOnItsKeyButNoOther() throws Exception {
        handler.sick.add("a#1");
        assertEquals(1, step(message("a", 1), message("a", 2), message("b", 1)));
        assertEquals(0, step(message("a", 3)));
        assertNull(handler.written.get("a"));
        release("a#1");
        assertEquals(3, step());
        assertEquals(upTo(3), handler.written.get("a"));
        assertEquals(1, step(message("a", 4)));
    }

    @Test
    void longLineBehindAReleasedCaseLetsOthersThrough() throws Exception {
        handler.sick.add("a#1");
        step(LongStream.rangeClosed(1, 10).mapToObj(n -> message("a", n)).toArray(Envelope[]::new));
        release("a#1");
        assertEquals(DrainBatch.MOST_ROUNDS + 1, step(message("b", 1)));
        assertEquals(upTo(1), handler.written.get("b"));
        assertEquals(DrainBatch.MOST_ROUNDS, step());
        assertEquals(2, step(message("a", 11)));
        assertEquals(1, step());
        assertEquals(upTo(11), handler.written.get("a"));
    }

    @Test
    void aCaseReleasedWhileStillSickIsParkedAgain() throws Exception {
        handler.sick.add("a#1");
        step(message("a", 1), message("a", 2));
        release("a#1");
        handler.sick.add("a#1");
        assertEquals(0, step());
        assertEquals(0, step());
        release("a#1");
        assertEquals(2, step());
        assertEquals(upTo(2), handler.written.get("a"));
    }

    @Test
    void parksABugOfOneMessageWithoutRollingBackTheOthers() throws Exception {
        assertEquals(1, step(message("a", 1, "\"bug\""), message("b", 1)));
        assertEquals(
                "RUN-9999",
                desk.search(null, CaseState.PARKED, "a", null, 10).get(0).code());
    }

    @Test
    void triesAnEarlyMessageAgainByItselfUntilItsDeadline() throws Exception {
        handler.early.add("a#1");
        assertEquals(0, step(message("a", 1), message("a", 2)));
        assertEquals(0, step());
        clock.forward(Duration.ofSeconds(2));
        handler.early.clear();
        assertEquals(2, step());

        handler.early.add("b#1");
        step(message("b", 1));
        for (int i = 0; i < 12; i++) {
            clock.forward(Duration.ofSeconds(1));
            step();
        }
        assertEquals(1, desk.search(null, CaseState.PARKED, "b", null, 10).size());
    }

    @Test
    void discardingLetsTheNextOneGoAndOnlyInOrder() throws Exception {
        handler.sick.add("a#1");
        step(message("a", 1), message("a", 2));
        String second = caseOf("a", 2);
        RetailException refused =
                assertThrows(RetailException.class, () -> desk.discard(second, "tester", "out of turn"));
        assertEquals(RuntimeError.CASE_HAS_PREDECESSOR, refused.code());
        connection.rollback();
        desk.discard(caseOf("a", 1), "tester", "hopeless");
        connection.commit();
        assertEquals(1, step());
        assertEquals(List.of(2L), handler.written.get("a"));
    }

    @Test
    void anActionWithoutAReasonIsRefused() throws Exception {
        handler.sick.add("a#1");
        step(message("a", 1));
        String parked = caseOf("a", 1);
        assertEquals(
                "reason",
                assertThrows(RetailException.class, () -> desk.release(parked, "tester", " "))
                        .field()
                        .orElseThrow());
    }

    private String caseOf(String key, long sequence) {
        return desk.search(null, null, key, null, 10).stream()
                .filter(c -> c.sequence() == sequence)
                .findFirst()
                .orElseThrow()
                .caseId();
    }

    /** Any delivery: doubled, shuffled, cut in batches, sick, rolled back; each key ends in order, each number once. */
    @Test
    void keepsOrderUnderAnyDelivery() throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            connect();
            handler.written.clear();
            handler.sick.clear();
            Random random = new Random(seed);
            List<Envelope> deliveries = new ArrayList<>();
            Map<String, Long> sent = new HashMap<>();
            for (int i = 0; i < 200; i++) {
                String key = "k" + random.nextInt(12);
                long sequence = sent.merge(key, 1L, Long::sum);
                Envelope message = message(key, sequence);
                deliveries.add(message);
                if (random.nextInt(20) == 0) {
                    deliveries.add(message);
                }
                if (random.nextInt(15) == 0) {
                    handler.sick.add(message.messageId());
                }
            }
            shuffleNear(deliveries, random);
            int at = 0;
            while (at < deliveries.size()) {
                int to = Math.min(deliveries.size(), at + 1 + random.nextInt(20));
                step(deliveries.subList(at, to).toArray(Envelope[]::new));
                at = to;
                if (random.nextInt(3) == 0) {
                    releaseSome(random);
                }
            }
            for (int i = 0; i < 400 && !handler.sick.isEmpty(); i++) {
                releaseSome(random);
                step();
            }
            while (step() > 0) {}
            for (Map.Entry<String, Long> key : sent.entrySet()) {
                assertEquals(upTo(key.getValue()), handler.written.get(key.getKey()), "seed " + seed + " " + key);
            }
        }
    }

    private void releaseSome(Random random) throws Exception {
        for (CaseView parked : desk.search(null, CaseState.PARKED, null, null, 100)) {
            if (random.nextBoolean()) {
                if (random.nextInt(4) > 0) {
                    handler.sick.remove(parked.messageId());
                }
                desk.release(parked.caseId(), "tester", "try");
            }
        }
        connection.commit();
    }

    private static void shuffleNear(List<Envelope> messages, Random random) {
        for (int i = 0; i + 1 < messages.size(); i++) {
            Collections.swap(messages, i, Math.min(messages.size() - 1, i + random.nextInt(12)));
        }
    }
}
