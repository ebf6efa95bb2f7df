package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.Reserving.Request;
import org.retailhub.inventory.Reserving.Reserved;
import org.retailhub.inventory.Settling.Kind;
import org.retailhub.inventory.Settling.Step;
import org.retailhub.inventory.StockQuestions.Place;
import org.retailhub.inventory.StockQuestions.Question;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.ReservationDocument.Line;
import org.retailhub.inventory.canonical.StepDocument;
import org.retailhub.inventory.domain.ChannelRule;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.testkit.Hands;

/** What can be sold now and could be sold then, positions made anew, and a ledger that somebody tampered with. */
class StockHistoryIT {
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private final Hands clock = new Hands(Fixtures.NOON);
    private String tenant;
    private Fixtures.Hub hub;
    private Verification verification;
    private long sequence;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        dataSource = Fixtures.application(postgres);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void tenantOfItsOwn(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName();
        hub = new Fixtures.Hub(dataSource, clock);
        verification = new Verification(hub.database, hub.stock, hub.rules);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    @Test
    void showsAChannelWhatItsRuleLeavesOfItsPool() {
        tell("berlin-1", MovementKind.RECEIPT, "10");
        tell("hamburg-2", MovementKind.RECEIPT, "4");
        tell("munich-3", MovementKind.SALE, "-3");
        assertEquals("14", available(null, ""), "what is missing in Munich does not count against Berlin");
        assertEquals("-3", available(null, "munich-3"));
        assertEquals("14", shown("shop-eu", ""), "no rule yet");
        rule("shop-eu", "", "2", "9", "3", "berlin-1");
        assertEquals("8", shown("shop-eu", ""));
        assertEquals("0", shown("shop-eu", "hamburg-2"), "not from its pool");
        rule("shop-eu", "MUG", "0", "5", "0");
        assertEquals("5", shown("shop-eu", ""), "the SKU's own rule takes the other's place");
        clock.forward(Duration.ofMillis(1));
        assertTrue(hub.rules.remove("operator", tenant, "shop-eu", "MUG"));
        assertEquals("8", shown("shop-eu", ""));
        assertEquals(
                List.of("rule-removed", "rule-set", "rule-set"),
                hub.rules.deeds(tenant, null, 10).stream()
                        .map(Rules.Deed::action)
                        .toList());
    }

    @Test
    void setsARuleOnceAndKeepsEachVersion() {
        rule("shop-eu", "", "2", "9", "3");
        assertEquals(1, rule("shop-eu", "", "2.0", "9", "3").rule().version());
        assertEquals(2, rule("shop-eu", "", "4", "9", "3").rule().version());
        assertEquals(2, hub.rules.deeds(tenant, null, 10).size());
    }

    @Test
    void answersManyQuestionsByOneStatement() {
        tell("berlin-1", MovementKind.RECEIPT, "10");
        int before = hub.connection.statements();
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            questions.add(new Question(tenant, List.of(new Place(i % 2 == 0 ? "MUG" : "CUP", "berlin-1")), "shop-eu"));
        }
        List<StockQuestions.Answer> answers = hub.questions.answer(questions);
        assertEquals(1, hub.connection.statements() - before);
        assertEquals("10", plain(answers.get(0).lines().get(0).shown()));
        assertFalse(answers.get(1).lines().get(0).isKnown());
        assertEquals(Fixtures.NOON, answers.get(0).asOf());
    }

    @Test
    void tellsWhatAChannelBelievedAtATimeAndWhy() {
        tell("berlin-1", MovementKind.RECEIPT, "10");
        rule("shop-eu", "", "2", "9", "0");
        Instant at1041 = clock.instant().plus(Duration.ofMinutes(41));
        clock.forward(Duration.ofMinutes(40));
        tell("berlin-1", MovementKind.SALE, "-3");
        hub.rules.setSafety(
                "operator", new PositionKey(tenant, "MUG", "berlin-1"), new BigDecimal("1"), Fixtures.TRACE);
        clock.forward(Duration.ofMinutes(10));
        tell("berlin-1", MovementKind.SALE, "-5");
        rule("shop-eu", "", "0", "9", "0");
        hub.rules.setSafety(
                "operator", new PositionKey(tenant, "MUG", "berlin-1"), new BigDecimal("0"), Fixtures.TRACE);

        assertEquals("2", shown("shop-eu", "berlin-1"), "now: 10 - 3 - 5");
        StockHistory.Belief then = new StockHistory(hub.database)
                .at(new Question(tenant, List.of(new Place("MUG", "berlin-1")), "shop-eu"), at1041)
                .get(0);
        assertEquals("4", plain(then.line().shown()), "then: 10 - 3, 1 kept back, a buffer of 2");
        assertEquals(
                List.of("sale -3", "receipt 10"),
                then.because().stream()
                        .map(row -> row.entry().kind().wire() + " "
                                + plain(row.entry().onHandChange()))
                        .toList());
        assertEquals(1, then.rule().rule().version());
    }

    /** Any history: what is live is what the ledger adds up to, and making it anew changes nothing. */
    @Test
    void liveIsWhatIsMadeAnewOfAnyHistory() {
        for (int seed = 0; seed < 15; seed++) {
            String before = tenant;
            tenant = tenant + seed;
            history(new Random(seed), 60);
            assertEquals(List.of(), verification.verify(tenant, "").faults(), "seed " + seed);
            assertEquals(List.of(), verification.rebuild("operator", tenant, ""), "seed " + seed);
            tenant = before;
        }
    }

    @Test
    void mendsAPositionThatIsNotWhatItsLedgerSays() {
        tell("berlin-1", MovementKind.RECEIPT, "10");
        tell("hamburg-2", MovementKind.RECEIPT, "4");
        hub.database.update("update position set on_hand = 11 where tenant = ? and location = 'berlin-1'", tenant);
        hub.database.update("delete from position where tenant = ? and location = 'hamburg-2'", tenant);
        assertEquals(
                List.of(
                        "berlin-1: the position says 11 on hand, 0 held, 0 unknown to the ERP; its movements add up to 10, 0, 0",
                        "hamburg-2: the position's row is missing"),
                verification.verify(tenant, "MUG").faults().stream()
                        .map(fault -> fault.position().location() + ": " + fault.what())
                        .toList());
        assertEquals(2, verification.rebuild("operator", tenant, "MUG").size());
        assertEquals(List.of(), verification.verify(tenant, "").faults());
    }

    /** Each row of a history, taken out and put in twice: the detector names the position and the number. */
    @Test
    void namesEachRowThatIsDeletedOrDoubled() throws SQLException {
        history(new Random(7), 120);
        hub.connection.commit();
        try (Connection owner = DriverManager.getConnection(postgres.superuserUrl("retailhub"));
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("set search_path = inventory");
            statement.execute("alter table movement drop constraint movement_pkey");
            statement.execute("alter table movement drop constraint movement_source_key");
            record Row(String sku, String location, long number, long last) {}
            List<Row> rows = new ArrayList<>();
            try (var all = statement.executeQuery(
                    "select sku, location, number, max(number) over (partition by sku, location) from movement where tenant = '"
                            + tenant + "'")) {
                while (all.next()) {
                    rows.add(new Row(all.getString(1), all.getString(2), all.getLong(3), all.getLong(4)));
                }
            }
            assertTrue(rows.size() > 40, rows.size() + " rows");
            Fixtures.Hub inside = new Fixtures.Hub(sharing(owner), clock);
            Verification detector = new Verification(inside.database, inside.stock, inside.rules);
            assertEquals(List.of(), detector.verify(tenant, "").faults());
            for (Row row : rows) {
                String where = " from movement where tenant = '" + tenant + "' and sku = '" + row.sku()
                        + "' and location = '" + row.location() + "' and number = " + row.number();
                for (String mutation : List.of("delete" + where, "insert into movement select *" + where)) {
                    statement.execute("savepoint whole");
                    statement.execute(mutation);
                    List<Verification.Fault> faults =
                            detector.verify(tenant, row.sku()).faults();
                    assertTrue(
                            faults.stream()
                                    .anyMatch(
                                            fault -> fault.position().location().equals(row.location())
                                                    && fault.number() == row.number()),
                            () -> mutation + ": " + faults);
                    statement.execute("rollback to whole");
                }
            }
            owner.rollback();
        }
    }

    /** The same connection again and again, in the same transaction. */
    private static DataSource sharing(Connection connection) {
        return (DataSource) Proxy.newProxyInstance(
                StockHistoryIT.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connection);
    }

    /** Movements, reservations and what becomes of them, at random. */
    private void history(Random random, int steps) {
        List<String> held = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            clock.forward(Duration.ofSeconds(random.nextInt(100)));
            String sku = random.nextBoolean() ? "MUG" : "CUP";
            String location = random.nextBoolean() ? "berlin-1" : "hamburg-2";
            switch (random.nextInt(4)) {
                case 0 -> tell(sku, location, MovementKind.RECEIPT, Integer.toString(1 + random.nextInt(9)));
                case 1 -> tell(sku, location, MovementKind.SALE, Integer.toString(-1 - random.nextInt(3)));
                case 2 -> {
                    Reserved reserved = hub.reservationIntake
                            .write(
                                    List.of(new Request(
                                            tenant,
                                            new ReservationDocument(
                                                    "r" + i,
                                                    null,
                                                    random.nextBoolean(),
                                                    null,
                                                    List.of(new Line(
                                                            "1",
                                                            sku,
                                                            location,
                                                            BigDecimal.valueOf(1 + random.nextInt(4)),
                                                            List.of()))),
                                            Fixtures.TRACE,
                                            "",
                                            random.nextBoolean())),
                                    true)
                            .get(0);
                    if (reserved instanceof Reserved.Held one) {
                        held.add(one.reservation().id());
                    }
                }
                default -> {
                    if (!held.isEmpty()) {
                        hub.settlingIntake.write(
                                List.of(new Step(
                                        tenant,
                                        held.get(random.nextInt(held.size())),
                                        "",
                                        random.nextBoolean() ? Kind.CONSUME : Kind.RELEASE,
                                        new StepDocument("S" + i, List.of()),
                                        Fixtures.TRACE,
                                        "")),
                                true);
                    }
                }
            }
        }
    }

    private void tell(String location, MovementKind kind, String quantity) {
        tell("MUG", location, kind, quantity);
    }

    private void tell(String sku, String location, MovementKind kind, String quantity) {
        Telling telling = Fixtures.telling(tenant, "pos-1", ++sequence, kind, sku, location, quantity);
        hub.movementIntake.write(
                List.of(new Telling(
                        tenant,
                        new org.retailhub.inventory.canonical.MovementDocument(
                                "pos-1",
                                sequence,
                                null,
                                null,
                                kind,
                                sku,
                                location,
                                telling.movement().quantity(),
                                "EA",
                                Fixtures.NOON,
                                null,
                                null,
                                null,
                                kind != MovementKind.SALE || sequence % 2 == 0),
                        Fixtures.TRACE)),
                true);
    }

    private Rules.Known rule(
            String channel, String sku, String buffer, String cap, String minimum, String... locations) {
        clock.forward(Duration.ofMillis(1));
        return hub.rules.set(
                "operator",
                tenant,
                channel,
                sku,
                new ChannelRule(
                        0, new BigDecimal(buffer), new BigDecimal(cap), new BigDecimal(minimum), Set.of(locations)));
    }

    private String available(String channel, String location) {
        return plain(line(channel, location).availableToSell());
    }

    private String shown(String channel, String location) {
        return plain(line(channel, location).shown());
    }

    private StockQuestions.Line line(String channel, String location) {
        return hub.questions
                .answer(List.of(new Question(tenant, List.of(new Place("MUG", location)), channel)))
                .get(0)
                .lines()
                .get(0);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
