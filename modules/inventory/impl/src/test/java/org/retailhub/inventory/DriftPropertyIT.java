package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.platform.testkit.Hands;

/**
 * Whatever moved, whenever it was told: a count of the truth shows no difference, and one event that is missing, doubled, not known to the
 * source or counted too early shows a difference of exactly its quantity, and is named.
 */
class DriftPropertyIT {
    private static final Instant START = Fixtures.NOON;
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        dataSource = Fixtures.application(postgres);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    /** What happens to one event on its way. */
    private enum Mishap {
        NONE("none"),
        LOST("missing"),
        DOUBLED("doubled"),
        NOT_AT_SOURCE("unknown-to-source"),
        TWICE_AT_SOURCE("doubled-at-source"),
        COUNTED_TOO_EARLY("after-the-count");

        private final String cause;

        Mishap(String cause) {
            this.cause = cause;
        }
    }

    /** Something that happened. @param told when the hub learns it */
    private record Event(int number, BigDecimal quantity, Instant at, Instant told) {}

    @Test
    void theDifferenceIsExactlyTheEventThatIsNamed() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Mishap mishap = Mishap.values()[seed % Mishap.values().length];
            check("seed-" + seed, mishap, random);
        }
    }

    private static void check(String tenant, Mishap mishap, Random random) {
        Instant takenAt = START.plus(Duration.ofHours(10));
        List<Event> events = events(random, takenAt);
        Event struck = struck(events, mishap, random, takenAt);
        try (SnapshotHub hub = new SnapshotHub(dataSource, new Hands(START), tenant)) {
            tell(hub, tenant, events, mishap, struck);
            BigDecimal truth = sum(events.stream()
                    .filter(event -> !event.at().isAfter(takenAt))
                    .toList());
            BigDecimal counted =
                    switch (mishap) {
                        case NONE, LOST, DOUBLED -> truth;
                        case NOT_AT_SOURCE -> truth.subtract(struck.quantity());
                        case TWICE_AT_SOURCE, COUNTED_TOO_EARLY -> truth.add(struck.quantity());
                    };
            try (SnapshotHub later = new SnapshotHub(dataSource, new Hands(START.plus(Duration.ofHours(30))), tenant)) {
                later.count(later.send("1", takenAt, "SKU,berlin-1," + counted.toPlainString()));
                List<String> found = later.drift("").stream()
                        .map(each -> each.drift().setScale(3).toPlainString() + " "
                                + each.cause().kind().wire() + " "
                                + each.cause().first())
                        .toList();
                assertEquals(expected(mishap, struck), found, tenant + " " + mishap + " " + events);
            }
        }
    }

    private static List<String> expected(Mishap mishap, Event struck) {
        BigDecimal drift =
                switch (mishap) {
                    case NONE -> BigDecimal.ZERO;
                    case LOST, TWICE_AT_SOURCE, COUNTED_TOO_EARLY -> struck.quantity();
                    case DOUBLED, NOT_AT_SOURCE -> struck.quantity().negate();
                };
        int number = mishap == Mishap.DOUBLED ? 1_000 : struck.number();
        return mishap == Mishap.NONE
                ? List.of()
                : List.of(drift.setScale(3).toPlainString() + " " + mishap.cause + " " + number);
    }

    /** Of quantities that no other one, and no sum of few, equals. */
    private static List<Event> events(Random random, Instant takenAt) {
        List<Integer> sizes =
                IntStream.range(0, 14).mapToObj(i -> 3 << i).collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(sizes, random);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            // Of each half some; each told within hours, out of order.
            Instant at = START.plus(Duration.ofMinutes(i * 90L + random.nextInt(60)));
            BigDecimal quantity = BigDecimal.valueOf(random.nextBoolean() ? sizes.get(i) : -sizes.get(i));
            boolean late =
                    random.nextInt(4) == 0 && at.plus(Duration.ofHours(3)).isBefore(takenAt);
            events.add(new Event(i + 1, quantity, at, at.plus(Duration.ofMinutes(late ? 170 : 1))));
        }
        return events;
    }

    private static Event struck(List<Event> events, Mishap mishap, Random random, Instant takenAt) {
        boolean later = mishap == Mishap.COUNTED_TOO_EARLY;
        List<Event> candidates = events.stream()
                // The first and the last number leave no gap.
                .filter(event -> event.number() > 1
                        && event.number() < events.size()
                        && event.at().isAfter(takenAt) == later)
                .toList();
        return candidates.get(random.nextInt(candidates.size()));
    }

    private static void tell(SnapshotHub some, String tenant, List<Event> events, Mishap mishap, Event struck) {
        List<Event> inOrder = new ArrayList<>(events);
        inOrder.sort(java.util.Comparator.comparing(Event::told));
        if (mishap == Mishap.LOST) {
            inOrder.remove(struck);
        }
        for (Event event : inOrder) {
            try (SnapshotHub hub = new SnapshotHub(dataSource, new Hands(event.told()), tenant)) {
                hub.record(SnapshotHub.told(
                        tenant,
                        "pos-1",
                        event.number(),
                        MovementKind.ADJUSTMENT,
                        "SKU",
                        event.quantity().toPlainString(),
                        event.at()));
                if (mishap == Mishap.DOUBLED && event.equals(struck)) {
                    hub.record(SnapshotHub.told(
                            tenant,
                            "pos-1-copy",
                            1_000,
                            MovementKind.ADJUSTMENT,
                            "SKU",
                            event.quantity().toPlainString(),
                            event.at()));
                }
            }
        }
    }

    private static BigDecimal sum(List<Event> events) {
        return events.stream().map(Event::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
