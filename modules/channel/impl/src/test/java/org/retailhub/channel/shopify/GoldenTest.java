package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.OrderContent;
import org.retailhub.channel.domain.Translation;

/** Documents of our own, in the structure that Shopify publishes, and what each must become. */
class GoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Connection SHOP =
            new Connection("acme-shopify", "acme", ShopifyConnector.KIND, "shop-eu", "acme.myshopify.com", null, true);

    static Path folder() {
        try {
            return Path.of(GoldenTest.class.getResource("golden").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] golden(String name) {
        try {
            return Files.readAllBytes(folder().resolve(name + ".json"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> becomesWhatIsWrittenDown() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".expected.json"))
                    .map(file -> file.substring(0, file.length() - ".expected.json".length()))
                    .sorted()
                    .toList();
            assertTrue(names.size() >= 12, "golden files: " + names.size());
            return names.stream()
                    .map(name -> DynamicTest.dynamicTest(name, () -> {
                        JsonNode expected =
                                JSON.readTree(Files.readAllBytes(folder().resolve(name + ".expected.json")));
                        assertEquals(
                                text(expected), text(told(expected.path("topic").asText(), golden(name))));
                    }));
        }
    }

    /** The order of names does not count. */
    private static String text(JsonNode json) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter()
                .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .writeValueAsString(JSON.treeToValue(json, Object.class));
    }

    private static JsonNode told(String topic, byte[] body) throws IOException {
        Translation translation = new ShopifyConnector().translate(SHOP, topic, body);
        ObjectNode told = JSON.createObjectNode().put("topic", topic);
        List<RefundMade> refunds;
        if (translation instanceof Translation.Sold sold) {
            told.put("document", sold.document()).put("version", sold.version().toString());
            told.set("order", JSON.readTree(OrderContent.json(sold.order())));
            if (sold.cancelled() != null) {
                told.put("cancelled", sold.cancelled());
            }
            refunds = sold.refunds();
        } else {
            Translation.Refunded refunded = assertInstanceOf(Translation.Refunded.class, translation);
            told.put("document", refunded.document());
            refunds = List.of(refunded.refund());
        }
        if (!refunds.isEmpty()) {
            told.set("refunds", JSON.readTree(OrderContent.json(refunds)));
        }
        return told;
    }

    @Test
    void bogusGatewayMakesATestOrder() {
        Translation.Sold sold = assertInstanceOf(
                Translation.Sold.class, changed("tax-on-top", order -> order.putArray("payment_gateway_names")
                        .add("bogus")));
        assertTrue(sold.order().test());
    }

    @Test
    void whatTheFiguresDoNotExplainGetsANameOfItsOwn() {
        Translation.Sold sold = assertInstanceOf(
                Translation.Sold.class, changed("tax-on-top", order -> money(order, "total_price", "51.00")));
        assertEquals("unexplained", sold.order().charges().get(0).type());
        assertEquals("0.43", sold.order().charges().get(0).amount().toPlainString());
        assertEquals("51.00", sold.order().totals().grand().toPlainString());
    }

    @Test
    void withoutShippingLinesNothingIsCalledUnexplained() {
        Translation.Incomplete incomplete = assertInstanceOf(
                Translation.Incomplete.class, changed("tax-on-top", order -> order.remove("shipping_lines")));
        assertEquals("shipping_lines", incomplete.field());
    }

    @Test
    void namesTheFaultyField() {
        assertRefused(
                "CHN-1005 line_items[0].price_set.shop_money.currency_code",
                order -> ((ObjectNode) order.at("/line_items/0/price_set/shop_money")).put("currency_code", "USD"));
        assertRefused("CHN-1004 line_items[0].price", order -> ((ObjectNode) order.at("/line_items/0"))
                .put("price", "12.51"));
        assertRefused("CHN-1004 line_items[0].quantity", order -> ((ObjectNode) order.at("/line_items/0"))
                .put("quantity", -1));
        assertRefused("CHN-1003 line_items[0].quantity", order -> ((ObjectNode) order.at("/line_items/0"))
                .putNull("quantity"));
        assertRefused("CHN-1004 line_items[1].id", order -> ((ObjectNode) order.at("/line_items/1"))
                .put("admin_graphql_api_id", "gid://shopify/LineItem/101"));
        assertRefused("CHN-1004 shipping_address.country_code", order -> ((ObjectNode) order.at("/shipping_address"))
                .put("country_code", "ZZ"));
        assertRefused("CHN-1004 currency", order -> order.put("currency", "EUX"));
        assertRefused("CHN-1004 updated_at", order -> order.put("updated_at", "yesterday"));
        assertRefused("CHN-1004 line_items[0].discount_allocations", order -> {
            ObjectNode allocation = (ObjectNode) order.at("/line_items/0/discount_allocations/0");
            money(allocation, "amount", "40.00");
        });
        assertRefused("CHN-1004 total_price", order -> money(order, "total_price", "1e999999999"));
        assertRefused("CHN-1004 total_price", order -> money(order, "total_price", "50.571"));
        assertRefused("CHN-1004 line_items", order -> order.put("line_items", "none"));
    }

    private static void assertRefused(String expected, Consumer<ObjectNode> change) {
        Translation.Refused refused = assertInstanceOf(Translation.Refused.class, changed("tax-on-top", change));
        assertEquals(expected, refused.code().code() + " " + refused.field(), refused::detail);
    }

    static void money(ObjectNode parent, String field, String amount) {
        parent.put(field, amount);
        ((ObjectNode) parent.path(field + "_set").path("shop_money")).put("amount", amount);
    }

    static Translation changed(String name, Consumer<ObjectNode> change) {
        try {
            ObjectNode order = (ObjectNode) JSON.readTree(golden(name));
            change.accept(order);
            return new ShopifyConnector()
                    .translate(SHOP, "orders/updated", order.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
