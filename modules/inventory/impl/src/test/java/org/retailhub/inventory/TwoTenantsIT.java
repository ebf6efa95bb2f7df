package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.Movements.Recorded;
import org.retailhub.inventory.Reserving.Reserved;
import org.retailhub.inventory.Settling.Kind;
import org.retailhub.inventory.Settling.Settled;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.ReservationDocument.Line;
import org.retailhub.inventory.canonical.StepDocument;
import org.retailhub.inventory.domain.ChannelRule;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.Reservation;

/** Two tenants that call everything by the same names: feeds and their numbers, SKUs, locations, channels, references, documents. */
class TwoTenantsIT {
    private static final Clock CLOCK = Clock.fixed(Fixtures.NOON, ZoneOffset.UTC);
    private static TemporaryPostgres postgres;
    private static Fixtures.Hub hub;
    private static Reservation ofAcme;
    private static Reservation ofOther;

    @BeforeAll
    static void bothTellAndReserve() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        hub = new Fixtures.Hub(Fixtures.application(postgres), CLOCK);
        // In one batch, as at the door: another content under the same name would differ.
        List<Recorded> told = hub.movementIntake.write(
                List.of(
                        Fixtures.telling("acme", 1, MovementKind.RECEIPT, "MUG", "10"),
                        Fixtures.telling("other", 1, MovementKind.RECEIPT, "MUG", "5")),
                true);
        told.forEach(each ->
                assertFalse(assertInstanceOf(Recorded.Written.class, each).replayed()));
        hub.rules.set("operator", "other", "shop-eu", "", rule("hamburg-2"));
        List<Reserved> held =
                hub.reservationIntake.write(List.of(request("acme", null, "4"), request("other", null, "5")), true);
        ofAcme = assertInstanceOf(Reserved.Held.class, held.get(0)).reservation();
        ofOther = assertInstanceOf(Reserved.Held.class, held.get(1)).reservation();
    }

    @AfterAll
    static void stop() {
        hub.close();
        postgres.close();
    }

    @Test
    void eachSeesTheMovementsAndFeedsOfItsOwn() {
        Ledger ledger = new Ledger(hub.database);
        // The first two rows: another test adds to it.
        List<String> changes = ledger.of(new PositionKey("acme", "MUG", "berlin-1"), 3, 10).stream()
                .map(row -> number(row.entry().onHandChange().add(row.entry().reservedChange())))
                .toList();
        assertEquals(List.of("4", "10"), changes);
        Feeds feeds = new Feeds(hub.database);
        assertEquals(1, feeds.of("acme", "", 10).size());
        assertEquals(1, feeds.of("acme", "", 10).get(0).movements());
        assertEquals(List.of(), feeds.of("nobody", "", 10));
    }

    @Test
    void eachIsAnsweredWithItsOwnStock() {
        assertEquals("6", available("acme"));
        assertEquals("0", available("other"));
        assertEquals("0", available("nobody"));
        assertEquals(
                List.of("berlin-1"),
                hub.questions.locationsOf("acme", Set.of("MUG")).get("MUG"));
        assertTrue(hub.questions.locationsOf("nobody", Set.of("MUG")).isEmpty());
    }

    @Test
    void rulesOfOneAreNotTheOthers() {
        assertEquals(List.of(), hub.rules.of("acme", "shop-eu"));
        assertEquals(1, hub.rules.of("other", "shop-eu").size());
        assertInstanceOf(
                Reserved.OutsidePool.class, reserve("other", "shop-eu", "by-channel"), "its pool is in Hamburg");
        assertInstanceOf(Reserved.Held.class, reserve("acme", "shop-eu", "by-channel"));
        assertInstanceOf(Settled.Done.class, settle("acme", "", "by-channel"));
    }

    @Test
    void referencesOfTwoAreTwoReservations() {
        assertFalse(ofAcme.id().equals(ofOther.id()));
        assertEquals(
                ofAcme.id(),
                hub.reservations.find("acme", "order-1").orElseThrow().id());
        assertEquals(
                ofOther.id(),
                hub.reservations.find("other", "order-1").orElseThrow().id());
        assertTrue(hub.reservations.find("nobody", "order-1").isEmpty());
    }

    @Test
    void nobodySettlesWhatAnotherHolds() {
        assertInstanceOf(Settled.Unknown.class, settle("acme", ofOther.id(), ""));
        assertInstanceOf(Settled.Unknown.class, settle("nobody", "", "order-1"));
        assertEquals("0", available("other"));
    }

    @Test
    void verificationLooksAtOneTenantOnly() {
        Verification verification = new Verification(hub.database, hub.stock, hub.rules);
        assertEquals(2, verification.verify("other", "").movements());
        assertEquals(0, verification.verify("nobody", "").movements());
    }

    private static Reserved reserve(String tenant, String channel, String reference) {
        Reserving.Request like = request(tenant, channel, "1");
        ReservationDocument document = like.document();
        return hub.reservationIntake
                .write(
                        List.of(new Reserving.Request(
                                tenant,
                                new ReservationDocument(reference, channel, false, null, document.lines()),
                                Fixtures.TRACE,
                                "",
                                false)),
                        true)
                .get(0);
    }

    private static Settled settle(String tenant, String id, String reference) {
        return hub.settlingIntake
                .write(
                        List.of(new Settling.Step(
                                tenant,
                                id,
                                reference,
                                Kind.RELEASE,
                                new StepDocument("cancelled", List.of()),
                                Fixtures.TRACE,
                                "")),
                        true)
                .get(0);
    }

    private static Reserving.Request request(String tenant, String channel, String quantity) {
        return new Reserving.Request(
                tenant,
                new ReservationDocument(
                        "order-1",
                        channel,
                        false,
                        null,
                        List.of(new Line("1", "MUG", "berlin-1", new BigDecimal(quantity).setScale(3), List.of()))),
                Fixtures.TRACE,
                "",
                false);
    }

    private static ChannelRule rule(String location) {
        BigDecimal none = BigDecimal.ZERO.setScale(3);
        return new ChannelRule(0, none, null, none, Set.of(location));
    }

    private static String available(String tenant) {
        return number(hub.questions
                .answer(List.of(new StockQuestions.Question(
                        tenant, List.of(new StockQuestions.Place("MUG", "berlin-1")), null)))
                .get(0)
                .lines()
                .get(0)
                .availableToSell());
    }

    private static String number(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
