package org.retailhub.channel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.domain.Arrival;
import org.retailhub.channel.domain.Capability;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Connector;
import org.retailhub.channel.domain.Fate;
import org.retailhub.channel.domain.Ledger;
import org.retailhub.channel.domain.OrderContent;
import org.retailhub.channel.domain.Outcome;
import org.retailhub.channel.domain.ShipmentTelling;
import org.retailhub.channel.domain.StockTelling;
import org.retailhub.channel.domain.Translation;
import org.retailhub.order.api.CanonicalOrder;

/**
 * What every connector promises. A connector's test implements the questions and inherits the tests; what its channel cannot do, its
 * capabilities leave out, and the tests with it.
 */
public interface ConnectorContract {
    /** A document of our own in the vendor's structure. */
    record Golden(String name, String topic, byte[] body) {}

    Connector connector();

    Connection connection();

    /** All golden files; what each becomes is checked by the connector's own test of them. */
    List<Golden> goldens();

    /** An order with several lines, discounts, taxes and shipping. */
    Golden typical();

    /** The same order, changed later by the given seconds (negative: before), with this text as the buyer's street. */
    byte[] changed(byte[] order, int seconds, String street);

    /** The same order with one of its amounts in another currency. */
    byte[] withOneAmountInAnotherCurrency(byte[] order);

    /** The same order with a field that nobody has ever heard of, on each level. */
    byte[] withUnknownFields(byte[] order);

    /** Each field without which there is no order, by its path. */
    Set<String> requiredFields();

    /** The order without the field. */
    byte[] without(byte[] order, String path);

    /** The order with one value (of any field, on any level) in turn replaced by something else. */
    List<byte[]> vandalised(byte[] order);

    /** An order with more lines than any order may have. */
    byte[] oversize(byte[] order);

    /** An item at a place as the channel calls them; asked only if it can be told of stock. */
    StockTelling.Level level();

    /** A shipment of an order, as the channel calls both; asked only if it can be told of shipments. */
    ShipmentTelling.Shipment shipment();

    /** Headers of a delivery signed with the secret. */
    UnaryOperator<String> signed(byte[] body, byte[] secret);

    private Translation translate(String topic, byte[] body) {
        return connector().translate(connection(), topic, body);
    }

    private Translation.Sold sold(byte[] body) {
        Translation translation = translate(typical().topic(), body);
        return assertInstanceOf(Translation.Sold.class, translation, translation::toString);
    }

    @Test
    default void goldenDocumentsTranslateAndAddUpToTheCent() {
        int orders = 0;
        for (Golden golden : goldens()) {
            Translation translation = translate(golden.topic(), golden.body());
            assertFalse(translation instanceof Translation.Refused, () -> golden.name() + ": " + translation);
            if (translation instanceof Translation.Sold sold) {
                orders++;
                assertAddsUp(golden.name(), sold.order());
                assertEquals(connection().channel(), sold.order().channel(), golden.name());
            }
        }
        assertTrue(orders > 0 || !connector().capabilities().contains(Capability.ORDERS));
    }

    @Test
    default void translatingTwiceSaysTheSame() {
        for (Golden golden : goldens()) {
            assertEquals(translate(golden.topic(), golden.body()), translate(golden.topic(), golden.body()));
        }
    }

    /** What we store and send of an order is the order. */
    @Test
    default void ordersSurviveTheRoundTrip() {
        for (Golden golden : goldens()) {
            if (translate(golden.topic(), golden.body()) instanceof Translation.Sold sold) {
                CanonicalOrder back = OrderContent.order(OrderContent.json(sold.order()));
                assertEquals(OrderContent.json(sold.order()), OrderContent.json(back), golden.name());
                assertTrue(Arrays.equals(OrderContent.hash(sold.order()), OrderContent.hash(back)), golden.name());
            }
        }
    }

    @Test
    default void theSameAgainIsARepetition() {
        assertEquals(
                List.of(Fate.TOLD, Fate.REPEATED),
                fates(typical().body(), typical().body()));
    }

    @Test
    default void newerReplacesAndOlderIsSuperseded() {
        byte[] order = typical().body();
        assertEquals(
                List.of(Fate.TOLD, Fate.TOLD, Fate.SUPERSEDED),
                fates(order, changed(order, 60, "Newer Street 1"), changed(order, 30, "Older Street 1")));
        assertEquals(
                List.of(Fate.TOLD, Fate.UNCHANGED),
                fates(changed(order, 0, "Same Street 1"), changed(order, 60, "Same Street 1")));
    }

    @Test
    default void theSameVersionWithAnotherContentIsSick() {
        byte[] order = typical().body();
        Ledger ledger = new Ledger(Map.of(), Map.of());
        decide(ledger, "1", order);
        assertInstanceOf(Outcome.Sick.class, decide(ledger, "2", changed(order, 0, "Another Street 1")));
    }

    private List<Fate> fates(byte[]... bodies) {
        Ledger ledger = new Ledger(Map.of(), Map.of());
        return java.util.stream.IntStream.range(0, bodies.length)
                .mapToObj(i -> ((Outcome.Settled) decide(ledger, Integer.toString(i), bodies[i])).fate())
                .toList();
    }

    private Outcome decide(Ledger ledger, String payloadId, byte[] body) {
        ledger.decide(new Arrival(
                payloadId, connection(), false, "", translate(typical().topic(), body)));
        return ledger.outcomeOf(payloadId);
    }

    @Test
    default void unknownFieldsChangeNothing() {
        byte[] order = typical().body();
        assertEquals(sold(order), sold(withUnknownFields(order)));
    }

    @Test
    default void aMissingFieldIsNamed() {
        Set<String> notNamed = new TreeSet<>();
        for (String path : requiredFields()) {
            Translation translation =
                    translate(typical().topic(), without(typical().body(), path));
            String named = translation instanceof Translation.Refused refused
                    ? refused.field()
                    : translation instanceof Translation.Incomplete incomplete ? incomplete.field() : "translated";
            if (!named.equals(path)) {
                notNamed.add(path + " but " + named);
            }
        }
        assertEquals(Set.of(), notNamed);
    }

    @Test
    default void anAmountInAnotherCurrencyIsRefusedWithItsField() {
        Translation translation = translate(
                typical().topic(), withOneAmountInAnotherCurrency(typical().body()));
        Translation.Refused refused = assertInstanceOf(Translation.Refused.class, translation, translation::toString);
        assertFalse(refused.field().isEmpty());
    }

    @Test
    default void oversizeIsRefusedWithItsField() {
        Translation translation =
                translate(typical().topic(), oversize(typical().body()));
        Translation.Refused refused = assertInstanceOf(Translation.Refused.class, translation, translation::toString);
        assertFalse(refused.field().isEmpty());
    }

    /** Whatever the bytes are, the answer is a document that adds up, or a code; never an exception, and never a long wait. */
    @Test
    default void hostileBytesAreAnswered() {
        List<byte[]> hostile = new java.util.ArrayList<>(List.of(
                new byte[0],
                bytes("null"),
                bytes("true"),
                bytes("[]"),
                bytes("{}"),
                bytes("\"text\""),
                bytes("1e999999999"),
                bytes("{\"id\":1e999999999}"),
                bytes("[".repeat(100_000)),
                bytes("{\"a\":".repeat(100_000)),
                bytes("{\"id\":\"\\u0000\"}"),
                bytes("{\"id\":1,\"id\":2}"),
                bytes("{\"id\":" + "9".repeat(100_000) + "}"),
                new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'},
                new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0},
                new byte[] {'{', '"', (byte) 0xc3, '(', '"', ':', '1', '}'}));
        byte[] order = typical().body();
        for (int i = 0; i < order.length; i += Math.max(1, order.length / 400)) {
            hostile.add(Arrays.copyOf(order, i));
            byte[] flipped = order.clone();
            flipped[i] ^= 0x15;
            hostile.add(flipped);
        }
        hostile.addAll(vandalised(order));
        int sold = 0;
        for (byte[] body : hostile) {
            for (Golden golden : List.of(typical(), goldens().get(goldens().size() - 1))) {
                Translation translation = translate(golden.topic(), body);
                assertNotNull(translation);
                if (translation instanceof Translation.Sold one) {
                    assertAddsUp(new String(body, StandardCharsets.UTF_8), one.order());
                    sold++;
                } else if (translation instanceof Translation.Refused refused) {
                    assertNotNull(refused.code());
                    assertNotNull(refused.field());
                    assertFalse(refused.detail().isBlank());
                }
            }
        }
        assertTrue(sold > 10, "some were harmless: " + sold);
    }

    @Test
    default void onlyTheRightSignatureIsRight() {
        if (!connector().capabilities().contains(Capability.SIGNED_WEBHOOKS)) {
            return;
        }
        byte[] body = typical().body();
        byte[] secret = bytes("a secret of the contract");
        byte[] other = bytes("another secret of the contract");
        UnaryOperator<String> headers = signed(body, secret);
        assertTrue(connector().isSigned(headers, body, List.of(secret)));
        assertTrue(connector().isSigned(headers, body, List.of(other, secret)), "while one replaces the other");
        assertFalse(connector().isSigned(headers, body, List.of(other)));
        assertFalse(connector().isSigned(headers, body, List.of()));
        assertFalse(connector().isSigned(name -> null, body, List.of(secret)));
        byte[] changed = body.clone();
        changed[changed.length / 2] ^= 1;
        assertFalse(connector().isSigned(headers, changed, List.of(secret)));
        assertFalse(connector().isSigned(signed(new byte[0], secret), new byte[0], List.of(secret)));
    }

    @Test
    default void canBeAskedExactlyIfItSaysSo() {
        assertEquals(
                connector().capabilities().contains(Capability.ASKING),
                connector().asking().isPresent());
    }

    @Test
    default void canBeToldOfStockExactlyIfItSaysSo() {
        assertEquals(
                connector().capabilities().contains(Capability.STOCK),
                connector().stock().isPresent());
    }

    @Test
    default void showsNeverMoreThanThereIsAndNeverLessThanNothing() {
        connector().stock().ifPresent(telling -> {
            for (String text : List.of("0", "7", "7.999", "-3", "0.001", "1e30")) {
                BigDecimal available = new BigDecimal(text);
                BigDecimal shown = telling.showable(available);
                assertTrue(shown.signum() >= 0, text);
                assertTrue(shown.compareTo(available.max(BigDecimal.ZERO)) <= 0, text);
                assertEquals(0, shown.compareTo(telling.showable(shown)), "shown twice it is the same: " + text);
            }
            assertTrue(telling.isItem(level().item()) && telling.isLocation(level().location()));
        });
    }

    /** Whatever comes back, only an answer of success can be a success, and nothing throws. */
    @Test
    default void anyAnswerToAValueIsUnderstoodAsNoMoreThanItSays() {
        connector().stock().ifPresent(telling -> {
            List<String> bodies =
                    List.of("", "{}", "[]", "null", "1e999999999", "{\"a\":", "<html>", "[".repeat(1_000));
            for (int status = 100; status < 600; status++) {
                for (String body : bodies) {
                    StockTelling.Told told = telling.read(level(), BigDecimal.TEN, status, name -> null, bytes(body));
                    assertFalse(told instanceof StockTelling.Told.Taken, status + " " + body);
                    if (status >= 500) {
                        assertInstanceOf(StockTelling.Told.Unclear.class, told, "who knows what it did: " + status);
                    }
                    assertNotNull(telling.readLevels(status, name -> "x", bytes(body)));
                }
            }
            assertInstanceOf(
                    StockTelling.Told.Busy.class, telling.read(level(), BigDecimal.TEN, 429, name -> "1", bytes("")));
        });
    }

    @Test
    default void canBeToldOfShipmentsExactlyIfItSaysSo() {
        assertEquals(
                connector().capabilities().contains(Capability.SHIPMENTS),
                connector().shipments().isPresent());
    }

    private Connection reached() {
        Connection it = connection();
        return new Connection(
                it.code(), it.tenant(), it.kind(), it.channel(), it.account(), "https://channel.example", true);
    }

    /** What the channel knows is asked first, so that nothing is told twice. */
    @Test
    default void asksBeforeItTells() {
        connector()
                .shipments()
                .ifPresent(telling -> assertInstanceOf(
                        ShipmentTelling.Next.Ask.class, telling.begin(reached(), shipment(), Set.of())));
    }

    /** Whatever comes back, it is no answer of success and nothing was told; and nothing throws. */
    @Test
    default void anyAnswerToAShipmentIsUnderstoodAsNoMoreThanItSays() {
        connector().shipments().ifPresent(telling -> {
            ShipmentTelling.Next.Ask ask = (ShipmentTelling.Next.Ask) telling.begin(reached(), shipment(), Set.of());
            for (int status = 100; status < 600; status++) {
                for (String body :
                        List.of("", "{}", "[]", "null", "1e999999999", "{\"a\":", "<html>", "[".repeat(1_000))) {
                    ShipmentTelling.Answer answer = new ShipmentTelling.Answer(status, name -> "x", bytes(body));
                    ShipmentTelling.Next next = ask.then().apply(answer);
                    assertTrue(
                            next instanceof ShipmentTelling.Next.Failed || next instanceof ShipmentTelling.Next.Busy,
                            status + " " + body + ": " + next);
                    assertTrue(telling.callsLeft(answer).isEmpty());
                }
            }
        });
    }

    private static void assertAddsUp(String name, CanonicalOrder order) {
        int decimals = Currency.getInstance(order.currency()).getDefaultFractionDigits();
        BigDecimal goods = BigDecimal.ZERO;
        BigDecimal tax = order.totals().shippingTax();
        Set<String> lineIds = new TreeSet<>();
        for (CanonicalOrder.Line line : order.lines()) {
            assertTrue(lineIds.add(line.lineId()), () -> name + ": twice " + line.lineId());
            assertTrue(line.quantity().signum() > 0, () -> name + ": quantity of " + line.lineId());
            assertTrue(line.unitPrice().signum() >= 0 && line.unitPrice().scale() <= 4, name);
            assertTrue(line.tax().signum() >= 0, name);
            BigDecimal amount = line.quantity().multiply(line.unitPrice()).setScale(decimals, RoundingMode.HALF_UP);
            for (CanonicalOrder.Discount discount : line.discounts()) {
                amount = amount.subtract(discount.amount());
            }
            assertTrue(amount.signum() >= 0, () -> name + ": amount of " + line.lineId());
            goods = goods.add(amount);
            tax = tax.add(line.tax());
        }
        BigDecimal charges = BigDecimal.ZERO;
        for (CanonicalOrder.Charge charge : order.charges()) {
            charges = charges.add(charge.amount());
            tax = tax.add(charge.tax());
        }
        assertTrue(!order.lines().isEmpty() || !order.charges().isEmpty(), () -> name + ": nothing is sold");
        assertSame(name + ": goods", goods, order.totals().goods());
        assertSame(name + ": charges", charges, order.totals().charges());
        assertSame(name + ": tax", tax, order.totals().tax());
        assertSame(
                name + ": grand",
                goods.add(order.totals().shipping()).add(charges).add(tax),
                order.totals().grand());
        assertTrue(order.totals().grand().signum() >= 0, () -> name + ": grand");
        assertTrue(order.totals().shipping().signum() >= 0, () -> name + ": shipping");
    }

    private static void assertSame(String what, BigDecimal expected, BigDecimal actual) {
        assertEquals(0, expected.compareTo(actual), () -> what + ": " + expected + " is not " + actual);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
