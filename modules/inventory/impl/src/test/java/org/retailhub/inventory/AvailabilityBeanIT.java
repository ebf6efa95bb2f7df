package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.api.Availability;
import org.retailhub.inventory.api.Availability.Place;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.ReservationDocument.Line;
import org.retailhub.inventory.domain.ChannelRule;
import org.retailhub.inventory.domain.PositionKey;

/** What other modules are answered when they ask what can be sold. */
class AvailabilityBeanIT {
    private static final Clock CLOCK = Clock.fixed(Fixtures.NOON, ZoneOffset.UTC);
    private static TemporaryPostgres postgres;
    private static Fixtures.Hub hub;
    private static Availability availability;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        hub = new Fixtures.Hub(Fixtures.application(postgres), CLOCK);
        availability = new AvailabilityBean(hub.questions, new ExpectedReceipts(hub.database, CLOCK));
        hub.movementIntake.write(
                List.of(
                        Fixtures.telling("acme", "wms", 1, MovementKind.RECEIPT, "MUG", "berlin-1", "10"),
                        Fixtures.telling("acme", "wms", 2, MovementKind.SALE, "MUG", "hamburg-2", "-3"),
                        Fixtures.telling("acme", "wms", 3, MovementKind.RECEIPT, "POT", "berlin-1", "4"),
                        Fixtures.telling("other", "wms", 1, MovementKind.RECEIPT, "MUG", "berlin-1", "99"),
                        Fixtures.telling("other", "wms", 2, MovementKind.RECEIPT, "MUG", "munich-3", "99")),
                true);
        hub.rules.setSafety(
                "operator", new PositionKey("acme", "MUG", "berlin-1"), new BigDecimal("1.000"), Fixtures.TRACE);
        hub.reservationIntake.write(
                List.of(new Reserving.Request(
                        "acme",
                        new ReservationDocument(
                                "order-1",
                                null,
                                false,
                                null,
                                List.of(new Line("1", "MUG", "berlin-1", new BigDecimal("2.000"), List.of()))),
                        Fixtures.TRACE,
                        "",
                        false)),
                true);
    }

    @AfterAll
    static void stop() {
        hub.close();
        postgres.close();
    }

    @Test
    void answersTheKnownPlacesOfTheTenantInBulk() {
        Place berlin = new Place("MUG", "berlin-1");
        Place hamburg = new Place("MUG", "hamburg-2");
        Map<Place, Availability.Stock> found = availability.at(
                "acme", Set.of(berlin, hamburg, new Place("MUG", "munich-3"), new Place("CUP", "berlin-1")));
        assertEquals(Set.of(berlin, hamburg), found.keySet());
        assertEquals("10 2 1 7 " + Fixtures.NOON, text(found.get(berlin)));
        assertEquals("-3 0 0 -3 " + Fixtures.NOON, text(found.get(hamburg)));
        assertEquals(Map.of(), availability.at("acme", Set.of()));
    }

    @Test
    void tellsWhereThereIsAnyOfASku() {
        assertEquals(
                Map.of(
                        "MUG", List.of(new Place("MUG", "berlin-1"), new Place("MUG", "hamburg-2")),
                        "POT", List.of(new Place("POT", "berlin-1"))),
                availability.placesOf("acme", Set.of("MUG", "POT", "CUP")));
    }

    /** MUG at berlin-1: 10 − 2 reserved − 1 safety. Hamburg owes 3, which takes nothing from Berlin's. */
    @Test
    void showsAChannelWhatItMayShowByItsRules() {
        Place berlin = new Place("MUG", "berlin-1");
        Place hamburg = new Place("MUG", "hamburg-2");
        Place pool = new Place("MUG", "");
        Set<Place> asked = Set.of(berlin, hamburg, pool, new Place("CUP", ""), new Place("POT", "berlin-1"));
        assertEquals(
                Map.of(berlin, "7", hamburg, "0", pool, "7", new Place("POT", "berlin-1"), "4"), shown("free", asked));

        rule("shop", "", "2", null, "0", Set.of());
        assertEquals(
                Map.of(berlin, "5", hamburg, "0", pool, "5", new Place("POT", "berlin-1"), "2"), shown("shop", asked));
        rule("shop", "MUG", "2", "4", "0", Set.of());
        assertEquals("4", shown("shop", asked).get(pool), "the SKU's own rule has a cap");
        rule("shop", "MUG", "2", null, "6", Set.of());
        assertEquals("0", shown("shop", asked).get(berlin), "5 is less than the least that is shown");
        rule("shop", "MUG", "0", null, "0", Set.of("hamburg-2"));
        assertEquals(Map.of(berlin, "0", hamburg, "0", pool, "0"), shown("shop", Set.of(berlin, hamburg, pool)));
        assertEquals(Map.of(), availability.forChannel("acme", "shop", Set.of()));
    }

    private static void rule(
            String channel, String sku, String buffer, String cap, String minimum, Set<String> locations) {
        hub.rules.set(
                "operator",
                "acme",
                channel,
                sku,
                new ChannelRule(
                        0,
                        new BigDecimal(buffer),
                        cap == null ? null : new BigDecimal(cap),
                        new BigDecimal(minimum),
                        locations));
    }

    private static Map<Place, String> shown(String channel, Set<Place> places) {
        Map<Place, String> shown = new HashMap<>();
        availability
                .forChannel("acme", channel, places)
                .forEach((place, each) -> shown.put(place, number(each.available())));
        return shown;
    }

    @Test
    void neverJoinsTheCallersTransaction() {
        assertEquals(
                TransactionAttributeType.NOT_SUPPORTED,
                AvailabilityBean.class.getAnnotation(TransactionAttribute.class).value());
    }

    private static String text(Availability.Stock stock) {
        return number(stock.onHand()) + " " + number(stock.reserved()) + " " + number(stock.safety()) + " "
                + number(stock.availableToSell()) + " " + stock.asOf();
    }

    private static String number(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
