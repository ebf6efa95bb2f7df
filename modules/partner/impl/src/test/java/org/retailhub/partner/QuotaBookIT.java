package org.retailhub.partner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.platform.kernel.Allowance;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.KeyDirectory;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.rest.QuotaHand;
import org.retailhub.platform.runtime.rest.Quotas;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.platform.testkit.OneConnection;

/** Two nodes' gates against one database: how exact a quota is, by a clock that is set by hand. */
class QuotaBookIT {
    private static final String CLASS = "placeOrder";
    private static TemporaryPostgres postgres;
    private static int serial;

    private final Hands clock = new Hands(Instant.parse("2026-11-25T10:00:00Z"));
    private final Node one = new Node();
    private final Node two = new Node();
    private String partner;

    @AfterEach
    void end() {
        one.connection.close();
        two.connection.close();
    }

    /** A server of its own: its book, its gate. The gate draws one at a time. */
    private final class Node implements KeyDirectory {
        private final OneConnection connection;
        private final QuotaBook book;
        private final Quotas gate = new Quotas(
                this, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos());
        private final AtomicInteger draws = new AtomicInteger();

        Node() {
            connection = OneConnection.committing(postgres.url("partner_app"));
            book = new QuotaBook(new Database(connection), new Ulid(clock), clock);
        }

        @Override
        public Optional<CallContext> callerByKeyHash(byte[] sha256) {
            return Optional.empty();
        }

        @Override
        public Optional<CallContext> callerByToken(String token) {
            return Optional.empty();
        }

        @Override
        public Allowance draw(String whose, String routeClass, long calls) {
            draws.incrementAndGet();
            return book.draw(whose, routeClass, calls);
        }

        boolean passes() {
            return gate.take(partner, CLASS).passes();
        }

        int passed(int calls) {
            int passed = 0;
            for (int i = 0; i < calls; i++) {
                passed += passes() ? 1 : 0;
            }
            return passed;
        }
    }

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void register() {
        partner = "quota-" + ++serial;
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("partner_app"));
        Database database = new Database(dataSource);
        database.update("insert into tenant (tenant_id, created_at) values (?, now())", partner);
        database.update(
                "insert into partner (partner_id, tenant, name, created_at) values (?, ?, 'Q', now())",
                partner,
                partner);
    }

    @Test
    void twoGatesLetThroughTheQuotaToTheCall() {
        one.book.set("op", partner, CLASS, 500, 10);
        assertEquals(500, inTurns(1_000));
        assertTrue(one.draws.get() + two.draws.get() <= 160, one.draws + " and " + two.draws + " draws");
    }

    @Test
    void twoGatesUnderManyThreadsLetThroughTheQuotaToTheCall() throws Exception {
        one.book.set("op", partner, CLASS, 5_000, 10);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                work.add(() -> one.passed(2_500));
                work.add(() -> two.passed(2_500));
            }
            int passed = 0;
            for (Future<Integer> each : threads.invokeAll(work)) {
                passed += each.get();
            }
            assertEquals(5_000, passed);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void gateThatFallsSilentKeepsAFiftiethFromTheOther() {
        one.book.set("op", partner, CLASS, 500, 10);
        int passed = one.passed(100);
        passed += two.passed(1_000);
        assertTrue(passed <= 500 && passed >= 500 - 500 / QuotaHand.BLOCKS_PER_QUOTA, passed + " passed");
    }

    /** A minute, each gate asked for twice the rate. */
    @Test
    void overTimeTwoGatesStayWithinTheBound() {
        int quota = 500;
        one.book.set("op", partner, CLASS, quota, 10);
        long passed = 0;
        for (int tenth = 1; tenth <= 600; tenth++) {
            passed += one.passed(10) + two.passed(10);
            long exact = quota + tenth * 5L - 5;
            long bound = 2 * quota / QuotaHand.BLOCKS_PER_QUOTA;
            // Refused gates come back after a fiftieth of the window: what comes in meanwhile waits in the shared
            // bucket.
            long waits = quota / QuotaHand.BLOCKS_PER_QUOTA;
            assertTrue(
                    tenth * 20L < exact || passed <= exact + bound && passed >= exact - bound - waits,
                    passed + " of " + exact + " after " + tenth + " tenths");
            clock.forward(Duration.ofMillis(100));
        }
        assertTrue(passed >= 3_000 - 30, passed + " passed");
    }

    @Test
    void changeHoldsAtBothGatesAfterFiveSeconds() {
        assertEquals(1_000, inTurns(600), "the default");
        one.book.set("op", partner, CLASS, 0, 10);
        clock.forward(QuotaHand.OLDEST);
        assertFalse(one.passes() || two.passes());

        one.book.set("op", partner, CLASS, 2_000, 1);
        clock.forward(QuotaHand.OLDEST);
        assertEquals(2_000, inTurns(1_500));

        one.book.reset("op", partner, CLASS);
        clock.forward(QuotaHand.OLDEST);
        one.passed(1);
        two.passed(1);
        assertEquals("\"placeOrder\";q=1000;w=10", two.gate.take(partner, CLASS).policy());
    }

    /** Each node is asked so many times. */
    private int inTurns(int calls) {
        int passed = 0;
        for (int i = 0; i < calls; i++) {
            passed += one.passed(1) + two.passed(1);
        }
        return passed;
    }

    @Test
    void showsWhatHoldsAndAuditsChangesOnce() {
        one.book.set("op", partner, CLASS, 5, 60);
        one.book.set("op", partner, CLASS, 5, 60);
        one.book.reset("op", partner, CLASS);
        one.book.reset("op", partner, CLASS);
        one.book.set("op", partner, "getOrder", 7, 60);

        assertTrue(one.book.of(partner).get(CLASS).isDefault());
        assertEquals(7, one.book.of(partner).get("getOrder").requests());
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("partner_app"));
        assertEquals(
                List.of("5 in 60 s", "7 in 60 s", "default"),
                new Database(dataSource)
                        .query(
                                "select detail from audit_entry where partner_id = ? and action = 'quota-set' order by detail",
                                row -> row.getString(1),
                                partner));
    }
}
