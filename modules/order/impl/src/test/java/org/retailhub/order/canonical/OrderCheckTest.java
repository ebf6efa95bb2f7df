package org.retailhub.order.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;

/** Each rule of the door, seen to say no with the path of the fault, and what it lets through unharmed. */
class OrderCheckTest {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The smallest order of the API's documentation. */
    static final String SAMPLE = """
            {"channel":"shop-eu","channelOrderId":"1001","placedAt":"2026-11-23T10:00:00+01:00","currency":"EUR",
             "customer":{"email":"a@example.org","name":"A. Buyer"},
             "shipTo":{"name":"A. Buyer","line1":"Street 1","city":"Berlin","postalCode":"10115","country":"DE"},
             "lines":[{"lineId":"1","sku":"TSHIRT-M","gtin":"4006381333931","quantity":1,"unitPrice":"12.30","tax":"2.05",
                       "discounts":[]}],
             "totals":{"goods":"12.30","shipping":"0.00","tax":"2.05","grand":"14.35"},
             "payment":{"status":"paid","reference":"P1"}}""";

    /** Two lines with discounts, a charge, shipping with tax. */
    static final String RICH = """
            {"channel":"shop-eu","channelOrderId":"1002","placedAt":"2026-11-23T10:00:00Z","currency":"EUR",
             "lines":[
               {"lineId":"1","sku":"A","quantity":"3","unitPrice":"0.335","tax":"0.19","discounts":[{"amount":"0.01","reason":"WELCOME"}]},
               {"lineId":"2","sku":"B","quantity":1.5,"unitPrice":2.00,"discounts":[{"amount":1},{"amount":"0.50"}]}],
             "charges":[{"type":"gift-wrap","description":"Gift wrap","amount":"2.00","tax":"0.38"},{"type":"discount","amount":"-1.00"}],
             "totals":{"goods":"2.50","shipping":"4.90","shippingTax":"0.93","charges":"1.00","tax":"1.50","grand":"9.90"}}""";

    @Test
    void takesTheSample() {
        OrderDocument document = parse(SAMPLE);

        assertEquals("TSHIRT-M", document.lines().get(0).sku());
        assertEquals(new BigDecimal("14.35"), document.totals().grand());
        assertEquals(new BigDecimal("0.00"), document.totals().shippingTax());
        assertEquals("2026-11-23T10:00+01:00", document.placedAt().toString());
    }

    @Test
    void addsUpDiscountsChargesAndTaxes() {
        OrderDocument document = parse(RICH);

        // 3 × 0.335 = 1.005 is 1.01 half up, less 0.01; 1.5 × 2 less 1.50.
        assertEquals(new BigDecimal("2.50"), document.totals().goods());
        assertEquals(new BigDecimal("0.335"), document.lines().get(0).unitPrice());
        assertEquals(new BigDecimal("3"), document.lines().get(0).quantity());
        assertEquals(new BigDecimal("2.00"), document.lines().get(1).unitPrice());
    }

    private record Rule(String name, Consumer<ObjectNode> damage, String... violations) {}

    @TestFactory
    List<DynamicTest> namesTheFault() {
        List<Rule> rules = List.of(
                new Rule("no channel", o -> o.remove("channel"), "channel is required"),
                new Rule(
                        "blank at the end",
                        o -> o.put("channel", "shop "),
                        "channel must not begin or end with a blank"),
                new Rule(
                        "control character",
                        o -> o.put("channelOrderId", "1\n2"),
                        "channelOrderId must not contain control characters"),
                new Rule(
                        "long key",
                        o -> o.put("channelOrderId", "1".repeat(65)),
                        "channelOrderId is longer than 64 characters"),
                new Rule("no time", o -> o.remove("placedAt"), "placedAt is required"),
                new Rule(
                        "no zone",
                        o -> o.put("placedAt", "2026-11-23T10:00:00"),
                        "placedAt must be ISO 8601 with an offset, such as 2026-11-23T10:00:00+01:00"),
                new Rule(
                        "absurd time",
                        o -> o.put("placedAt", "1026-11-23T10:00:00Z"),
                        "placedAt must lie between the year 2000 and tomorrow"),
                new Rule(
                        "far future",
                        o -> o.put("placedAt", "2026-11-25T10:00:00Z"),
                        "placedAt must lie between the year 2000 and tomorrow"),
                new Rule("no currency", o -> o.remove("currency"), "currency is required"),
                new Rule("unknown currency", o -> o.put("currency", "EUX"), "currency must be a currency of ISO 4217"),
                new Rule("no money", o -> o.put("currency", "XAU"), "currency must be a currency of ISO 4217"),
                new Rule("small letters", o -> o.put("currency", "eur"), "currency must be a currency of ISO 4217"),
                new Rule(
                        "country",
                        o -> shipTo(o).put("country", "Germany"),
                        "shipTo.country is longer than 2 characters"),
                new Rule(
                        "unknown country",
                        o -> shipTo(o).put("country", "XX"),
                        "shipTo.country must be a country of ISO 3166-1, two capital letters"),
                new Rule("no country", o -> shipTo(o).remove("country"), "shipTo.country is required"),
                new Rule(
                        "long city",
                        o -> shipTo(o).put("city", "x".repeat(61)),
                        "shipTo.city is longer than 60 characters"),
                new Rule("no lines", o -> o.putArray("lines"), "lines an order needs at least one line or charge"),
                new Rule("null line", o -> ((ArrayNode) o.get("lines")).addNull(), "lines[1] must not be null"),
                new Rule("no line id", o -> line(o).remove("lineId"), "lines[0].lineId is required"),
                new Rule(
                        "line id twice",
                        o -> ((ArrayNode) o.get("lines")).add(line(o).deepCopy()),
                        "lines[1].lineId is used by another line"),
                new Rule("no sku", o -> line(o).remove("sku"), "lines[0].sku is required"),
                new Rule(
                        "long sku",
                        o -> line(o).put("sku", "x".repeat(65)),
                        "lines[0].sku is longer than 64 characters"),
                new Rule(
                        "check digit",
                        o -> line(o).put("gtin", "4006381333932"),
                        "lines[0].gtin must have 8, 12, 13 or 14 digits and a right check digit"),
                new Rule("no quantity", o -> line(o).remove("quantity"), "lines[0].quantity is required"),
                new Rule("quantity 0", o -> line(o).put("quantity", 0), "lines[0].quantity must be more than zero"),
                new Rule("quantity -1", o -> line(o).put("quantity", -1), "lines[0].quantity must be more than zero"),
                new Rule(
                        "finer than grams",
                        o -> line(o).put("quantity", "1.0001"),
                        "lines[0].quantity has more than 3 decimals"),
                new Rule("no price", o -> line(o).putNull("unitPrice"), "lines[0].unitPrice is required"),
                new Rule(
                        "price with 5 decimals",
                        o -> line(o).put("unitPrice", "12.30001"),
                        "lines[0].unitPrice has more than 4 decimals"),
                new Rule(
                        "negative price",
                        o -> line(o).put("unitPrice", "-1"),
                        "lines[0].unitPrice must not be negative"),
                new Rule(
                        "exponent",
                        o -> line(o).put("unitPrice", "1e999999999"),
                        "lines[0].unitPrice must be a plain decimal number such as 12.30"),
                new Rule(
                        "thousands",
                        o -> line(o).put("unitPrice", "1,000.00"),
                        "lines[0].unitPrice must be a plain decimal number such as 12.30"),
                new Rule(
                        "huge",
                        o -> line(o).put("unitPrice", "1000000000000"),
                        "lines[0].unitPrice has more than 12 digits before the point"),
                new Rule(
                        "other digits",
                        o -> line(o).put("unitPrice", "\u0661\u0662"),
                        "lines[0].unitPrice must be a plain decimal number such as 12.30"),
                new Rule("tax scale", o -> line(o).put("tax", "2.051"), "lines[0].tax has more than 2 decimals"),
                new Rule(
                        "discount above line",
                        o -> discount(o, "12.31"),
                        "lines[0].discounts are more than the line's amount"),
                new Rule(
                        "negative discount",
                        o -> discount(o, "-1"),
                        "lines[0].discounts[0].amount must not be negative"),
                new Rule(
                        "charge type",
                        o -> charge(o, "Gift Wrap", "0"),
                        "charges[0].type must be small letters, digits and hyphens, a letter first"),
                new Rule("charge scale", o -> charge(o, "fee", "0.001"), "charges[0].amount has more than 2 decimals"),
                new Rule("no totals", o -> o.remove("totals"), "totals is required"),
                new Rule("no grand", o -> totals(o).remove("grand"), "totals.grand is required"),
                new Rule(
                        "negative shipping",
                        o -> totals(o).put("shipping", "-1"),
                        "totals.shipping must not be negative"),
                new Rule(
                        "goods",
                        o -> totals(o).put("goods", "12.31").put("grand", "14.36"),
                        "totals.goods is 12.31, but the lines add up to 12.30"),
                new Rule(
                        "tax",
                        o -> totals(o).put("tax", "2.06").put("grand", "14.36"),
                        "totals.tax is 2.06, but the taxes of lines, charges and shipping add up to 2.05"),
                new Rule(
                        "charges",
                        o -> totals(o).put("charges", "1").put("grand", "15.35"),
                        "totals.charges is 1.00, but the charges add up to 0.00"),
                new Rule(
                        "a cent off",
                        o -> totals(o).put("grand", "14.36"),
                        "totals.grand is 14.36, but goods, shipping, charges and tax add up to 14.35"),
                new Rule(
                        "payment",
                        o -> ((ObjectNode) o.get("payment")).put("status", "maybe"),
                        "payment.status must be paid, authorized or pending"),
                new Rule("notes", o -> o.put("notes", "x".repeat(1001)), "notes is longer than 1000 characters"),
                new Rule(
                        "all at once",
                        o -> {
                            o.remove("channel");
                            line(o).put("gtin", "1").put("quantity", "x");
                            totals(o).put("grand", "99");
                        },
                        "channel is required",
                        "lines[0].gtin must have 8, 12, 13 or 14 digits and a right check digit",
                        "lines[0].quantity must be a plain decimal number such as 12.30"));
        return rules.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> {
                    ObjectNode order = (ObjectNode) JSON.readTree(SAMPLE);
                    rule.damage().accept(order);
                    assertEquals(List.of(rule.violations()), violations(order.toString()));
                }))
                .toList();
    }

    @Test
    void takesTwoThousandLinesAndNotOneMore() throws JsonProcessingException {
        assertEquals(2_000, parse(withLines(2_000)).lines().size());
        assertEquals(
                List.of("lines has more than 2000 lines"),
                violations(withLines(2_001)).subList(0, 1));
    }

    @Test
    void namesUnknownFields() {
        RetailException failure = assertThrows(
                RetailException.class, () -> parse(SAMPLE.replace("\"sku\":", "\"colour\":\"red\",\"sku\":")));

        assertEquals(RuntimeError.UNKNOWN_FIELD, failure.code());
        assertEquals("lines[0].colour", failure.field().orElseThrow());
    }

    @Test
    void refusesWrongTypes() {
        RetailException failure = assertThrows(
                RetailException.class, () -> parse(SAMPLE.replace("\"unitPrice\":\"12.30\"", "\"unitPrice\":{}")));

        assertEquals("lines[0].unitPrice", failure.field().orElseThrow());
    }

    @Test
    void countsInTheCurrencysOwnUnits() {
        String yen = SAMPLE.replace("EUR", "JPY")
                .replace("12.30", "12")
                .replace("2.05", "2")
                .replace("14.35", "14");
        assertEquals(
                new BigDecimal("14"), parse(yen.replace("0.00", "0")).totals().grand());
        assertEquals(
                List.of("totals.goods must have no decimals"),
                violations(yen.replace("\"goods\":\"12\"", "\"goods\":\"12.5\"")));

        String dinar = SAMPLE.replace("EUR", "KWD").replace("12.30", "12.305").replace("14.35", "14.355");
        assertEquals(new BigDecimal("14.355"), parse(dinar).totals().grand());
    }

    @Test
    void keepsMoneyExactThatAFloatWouldBend() {
        String body = SAMPLE.replace("\"unitPrice\":\"12.30\"", "\"unitPrice\":100000000000.01")
                .replace("\"goods\":\"12.30\"", "\"goods\":100000000000.01")
                .replace("\"14.35\"", "100000000002.06");
        assertEquals(
                new BigDecimal("100000000000.01"), parse(body).lines().get(0).unitPrice());
    }

    @Test
    void formattingDoesNotCount() {
        String other = SAMPLE.replace("\"12.30\"", "12.3")
                .replace("\"quantity\":1", "\"quantity\":\"1.000\"")
                .replace("\"0.00\"", "null")
                .replace("\n", "  ")
                .replace(",\"discounts\":[]", "")
                .replace("\"channel\":\"shop-eu\",", "")
                .replace(
                        "\"reference\":\"P1\"}}",
                        "\"reference\":\"P1\"},\"channel\":\"shop-eu\",\"notes\":\"\",\"charges\":null}");
        assertEquals(OrderJson.write(parse(SAMPLE)), OrderJson.write(parse(other)));
    }

    @Test
    void readsBackWhatItWrote() {
        for (String sample : List.of(SAMPLE, RICH)) {
            OrderDocument document = parse(sample);
            String canonical = OrderJson.write(document);
            assertEquals(document, OrderJson.read(canonical));
            assertEquals(canonical, OrderJson.write(OrderJson.read(canonical)));
            assertEquals(document, parse(canonical));
        }
    }

    /** Whatever the prices: the sums computed apart are taken, and one cent beside them is not. */
    @Test
    void takesExactSumsOnly() throws JsonProcessingException {
        Random random = new Random(20261123);
        for (int round = 0; round < 500; round++) {
            ObjectNode order = (ObjectNode) JSON.readTree(RICH);
            order.remove("charges");
            ArrayNode lines = order.putArray("lines");
            BigDecimal goods = BigDecimal.ZERO;
            BigDecimal tax = BigDecimal.ZERO;
            int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                BigDecimal quantity = BigDecimal.valueOf(1 + random.nextInt(9_999), random.nextInt(4));
                BigDecimal price = BigDecimal.valueOf(random.nextInt(999_999), random.nextInt(5));
                BigDecimal lineTax = BigDecimal.valueOf(random.nextInt(500), 2);
                lines.addObject()
                        .put("lineId", "L" + i)
                        .put("sku", "S" + i)
                        .put("quantity", quantity.toPlainString())
                        .put("unitPrice", price.toPlainString())
                        .put("tax", lineTax.toPlainString());
                goods = goods.add(quantity.multiply(price).setScale(2, RoundingMode.HALF_UP));
                tax = tax.add(lineTax);
            }
            BigDecimal grand = goods.add(tax);
            order.putObject("totals")
                    .put("goods", goods.toPlainString())
                    .put("tax", tax.toPlainString())
                    .put("grand", grand.toPlainString());
            OrderDocument document = parse(order.toString());
            assertEquals(0, grand.compareTo(document.totals().grand()));
            assertEquals(document, OrderJson.read(OrderJson.write(document)));
            totals(order).put("grand", grand.add(new BigDecimal("0.01")).toPlainString());
            assertEquals(1, violations(order.toString()).size());
        }
    }

    /** No input, however broken, gets anything but an order or a refusal. */
    @Test
    void survivesBrokenInput() {
        Random random = new Random(42);
        byte[] whole = RICH.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] broken = whole.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                OrderCheck.parse(broken, NOW);
            } catch (RetailException refusal) {
                assertTrue(refusal.kind().httpStatus() == 400, refusal.toString());
            }
        }
    }

    static OrderDocument parse(String body) {
        return OrderCheck.parse(body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static List<String> violations(String body) {
        RetailException refusal = assertThrows(RetailException.class, () -> parse(body));
        assertEquals(OrderError.INVALID_ORDER, refusal.code(), refusal.getMessage());
        List<String> texts = new ArrayList<>();
        for (Violation violation : refusal.violations()) {
            texts.add(violation.field() + " " + violation.message());
        }
        return texts;
    }

    private static String withLines(int count) throws JsonProcessingException {
        ObjectNode order = (ObjectNode) JSON.readTree(SAMPLE);
        ArrayNode lines = order.putArray("lines");
        for (int i = 0; i < count; i++) {
            lines.addObject()
                    .put("lineId", "L" + i)
                    .put("sku", "S")
                    .put("quantity", 1)
                    .put("unitPrice", 1);
        }
        order.putObject("totals").put("goods", count).put("grand", count);
        return order.toString();
    }

    private static ObjectNode shipTo(ObjectNode order) {
        return (ObjectNode) order.get("shipTo");
    }

    private static ObjectNode line(ObjectNode order) {
        return (ObjectNode) order.get("lines").get(0);
    }

    private static ObjectNode totals(ObjectNode order) {
        return (ObjectNode) order.get("totals");
    }

    private static void discount(ObjectNode order, String amount) {
        line(order).putArray("discounts").addObject().put("amount", amount);
    }

    private static void charge(ObjectNode order, String type, String amount) {
        order.putArray("charges").addObject().put("type", type).put("amount", amount);
    }
}
