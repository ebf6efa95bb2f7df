package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Translation;
import org.retailhub.order.api.CanonicalOrder;

/**
 * The payloads that Shopify and makers of libraries have published, read where they lie beside the checkout ({@code -Dretail.samples} says
 * otherwise). Each must become what {@code expected.tsv} says, which was written before the translator.
 */
class PublishedPayloadsTest {
    private static final Path FILES = Path.of(System.getProperty(
                    "retail.samples", System.getProperty("retail.checkout", "../../..") + "/../shared/samples"))
            .resolve("shopify")
            .toAbsolutePath()
            .normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Connection SHOP =
            new Connection("shop", "acme", ShopifyConnector.KIND, "shop-us", "acme.myshopify.com", null, true);

    private record Expected(String[] columns) {
        String file() {
            return columns[0];
        }

        String topic() {
            return columns[1];
        }

        String what() {
            return columns[2];
        }

        String outcome() {
            return columns[3];
        }

        String column(int index) {
            return index < columns.length ? columns[index] : "";
        }
    }

    @BeforeEach
    void filesAreThere() {
        if (!Files.isDirectory(FILES)) {
            String message = "SKIPPED: no published payloads in " + FILES + "; the translator was not tried on them";
            System.err.println(message);
            abort(message);
        }
    }

    private static List<Expected> expected() throws IOException {
        try (InputStream in = PublishedPayloadsTest.class.getResourceAsStream("expected.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> new Expected(line.split("\t", -1)))
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> becomesWhatWasExpected() throws IOException {
        return expected().stream()
                .map(each -> DynamicTest.dynamicTest(each.file(), () -> assertEquals(facts(each), outcome(each))));
    }

    /** Nothing published is left out of the list, and nothing on it is gone. */
    @Test
    void listIsComplete() throws IOException {
        Set<String> listed = new TreeSet<>();
        expected().forEach(each -> listed.add(each.file()));
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.walk(FILES)) {
            files.filter(Files::isRegularFile)
                    .map(file -> FILES.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith("hmac/"))
                    .forEach(there::add);
        }
        assertEquals(there, listed);
    }

    /** Of the whole orders at least 95 of 100; selections of fields, a collage and scrubbed copies are no orders, and listed as such. */
    @Test
    void atLeastNinetyFiveOfHundredWholeOrdersTranslate() throws IOException {
        int orders = 0;
        List<String> refused = new ArrayList<>();
        for (Expected each : expected()) {
            if (each.what().equals("order")) {
                orders++;
                if (!(translate(each) instanceof Translation.Sold)) {
                    refused.add(each.file());
                }
            }
        }
        assertTrue(orders >= 17, "orders: " + orders);
        assertTrue(refused.size() * 100 <= orders * 5, "do not translate: " + refused);
    }

    @Test
    void publishedSignaturesAreRight() throws IOException {
        JsonNode vectors = JSON.readTree(Files.readAllBytes(FILES.resolve("hmac/hmac_vectors.json")));
        assertTrue(vectors.size() >= 4, "vectors: " + vectors.size());
        for (JsonNode vector : vectors) {
            boolean right = new ShopifyConnector()
                    .isSigned(
                            name -> vector.path("header").asText("").equals(name)
                                    ? vector.path("value").asText()
                                    : null,
                            vector.path("rawBody").asText().getBytes(StandardCharsets.UTF_8),
                            List.of(vector.path("secret").asText().getBytes(StandardCharsets.UTF_8)));
            assertEquals(vector.has("value"), right, vector::toString);
        }
    }

    private static String facts(Expected each) {
        return String.join(
                " ",
                Arrays.stream(each.columns())
                        .skip(3)
                        .limit(
                                each.outcome().matches("refused|incomplete")
                                        ? 3
                                        : each.outcome().equals("order")
                                                ? 10
                                                : each.outcome().equals("refund") ? 10 : 2)
                        .toList());
    }

    private static String outcome(Expected each) throws IOException {
        Translation translation = translate(each);
        if (translation instanceof Translation.Sold sold) {
            return sold(sold);
        }
        if (translation instanceof Translation.Refunded refunded) {
            return refunded(refunded.refund());
        }
        if (translation instanceof Translation.Deleted deleted) {
            return "deleted " + deleted.document().substring("order/".length());
        }
        if (translation instanceof Translation.Noted noted) {
            return "noted " + noted.document().substring("order/".length());
        }
        if (translation instanceof Translation.Incomplete incomplete) {
            return "incomplete " + incomplete.code().code() + " " + incomplete.field();
        }
        if (translation instanceof Translation.Refused refused) {
            return "refused " + refused.code().code() + " " + refused.field();
        }
        return "not-taken ";
    }

    private static String sold(Translation.Sold sold) {
        CanonicalOrder order = sold.order();
        List<String> flags = new ArrayList<>();
        if (order.test()) {
            flags.add("test");
        }
        if (sold.cancelled() != null) {
            flags.add("cancelled");
        }
        if (order.lines().stream().anyMatch(line -> line.sku().startsWith("shopify:"))) {
            flags.add("no-sku");
        }
        order.charges()
                .forEach(
                        charge -> flags.add(charge.type().equals("discount") ? "unallocated-discount" : charge.type()));
        return String.join(
                " ",
                "order",
                order.channelOrderId(),
                order.currency(),
                Integer.toString(order.lines().size()),
                order.totals().goods().toPlainString(),
                order.totals().tax().toPlainString(),
                order.totals().shipping().toPlainString(),
                order.totals().charges().toPlainString(),
                order.totals().grand().toPlainString(),
                (flags.isEmpty() ? "-" : String.join(",", flags)) + " refunds="
                        + sold.refunds().size());
    }

    private static String refunded(RefundMade refund) {
        BigDecimal paid = refund.payments().stream()
                .filter(payment -> payment.status().equals("refund/success"))
                .map(RefundMade.Payment::amount)
                .reduce(new BigDecimal("0.00"), BigDecimal::add);
        return String.join(
                " ",
                "refund",
                refund.refundId(),
                refund.currency(),
                Integer.toString(refund.lines().size()),
                sum(refund.lines().stream().map(RefundMade.Line::amount)),
                sum(refund.lines().stream().map(RefundMade.Line::tax)),
                "",
                "",
                paid.toPlainString(),
                "order=" + refund.channelOrderId());
    }

    private static String sum(Stream<BigDecimal> amounts) {
        return amounts.reduce(new BigDecimal("0.00"), BigDecimal::add).toPlainString();
    }

    private static Translation translate(Expected each) throws IOException {
        return new ShopifyConnector().translate(SHOP, each.topic(), unwrapped(FILES.resolve(each.file())));
    }

    /** Answers of the API have the document in an envelope; webhooks bring it bare. */
    private static byte[] unwrapped(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (!file.toString().endsWith(".json")) {
            return bytes;
        }
        JsonNode json = JSON.enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(bytes);
        for (String envelope : List.of("order", "orders", "refund", "refunds")) {
            JsonNode inside = json.path(envelope);
            if (inside.isArray() && !inside.isEmpty() && !json.has("id")) {
                return inside.get(0).toString().getBytes(StandardCharsets.UTF_8);
            }
            if (inside.isObject() && !json.has("id")) {
                return inside.toString().getBytes(StandardCharsets.UTF_8);
            }
        }
        return bytes;
    }
}
