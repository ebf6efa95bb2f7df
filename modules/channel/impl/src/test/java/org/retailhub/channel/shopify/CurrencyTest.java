package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.contract.ConnectorContract;
import org.retailhub.channel.domain.Translation;

/** No amount is booked in another currency than its own, and none is rounded, whatever decimals the currency has. */
class CurrencyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A set with the shop's money that makes a difference to what is told. */
    @Test
    void everyAmountThatCountsMustBeInTheDocumentsCurrency() {
        int counting = 0;
        List<String> overlooked = new ArrayList<>();
        for (ConnectorContract.Golden golden : new ShopifyContractTest().goldens()) {
            Translation told = translate(golden.topic(), tree(golden.body()));
            List<String> sets = new ArrayList<>();
            sets(tree(golden.body()), "", sets);
            for (String set : sets) {
                ObjectNode other = tree(golden.body());
                more(other, set);
                if (translate(golden.topic(), other).equals(told)) {
                    continue;
                }
                counting++;
                ObjectNode foreign = tree(golden.body());
                ((ObjectNode) foreign.at(set + "/shop_money")).put("currency_code", "XOF");
                Translation translation = translate(golden.topic(), foreign);
                if (!(translation instanceof Translation.Refused refused)
                        || !refused.code().code().equals("CHN-1005")) {
                    overlooked.add(golden.name() + " " + set + ": " + translation);
                }
            }
        }
        assertEquals(List.of(), overlooked);
        assertTrue(counting > 70, "amounts that count: " + counting);
    }

    private static void sets(JsonNode node, String path, List<String> sets) {
        if (node.isObject() && node.path("shop_money").path("amount").isTextual()) {
            sets.add(path);
        }
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(name -> sets(node.get(name), path + "/" + name, sets));
        } else {
            for (int i = 0; i < node.size(); i++) {
                sets(node.get(i), path + "/" + i, sets);
            }
        }
    }

    /** One more, in the set and in the plain field beside it. */
    private static void more(ObjectNode tree, String set) {
        ObjectNode money = (ObjectNode) tree.at(set + "/shop_money");
        String amount = new BigDecimal(money.get("amount").textValue())
                .add(BigDecimal.ONE)
                .toPlainString();
        money.put("amount", amount);
        String plain = set.replaceFirst("_set$", "");
        int slash = plain.lastIndexOf('/');
        if (!plain.equals(set) && tree.at(plain).isValueNode()) {
            ((ObjectNode) tree.at(plain.substring(0, slash))).put(plain.substring(slash + 1), amount);
        }
    }

    @Test
    void threeDecimalsAreExact() {
        Translation.Sold sold =
                assertInstanceOf(Translation.Sold.class, in("KWD", "tax-included", CurrencyTest::finer));
        assertFalse(sold.order().metadata().containsKey("unexplained"));
        assertEquals("30.345", sold.order().totals().grand().toPlainString());
        assertEquals("5.005", sold.order().totals().shipping().toPlainString());
    }

    @Test
    void threeDecimalsAreTooManyWhereThereAreTwo() {
        Translation.Refused refused =
                assertInstanceOf(Translation.Refused.class, in("EUR", "tax-included", CurrencyTest::finer));
        assertEquals("CHN-1004 shipping_lines[0].price", refused.code().code() + " " + refused.field());
    }

    /** Half a thousandth more for shipping. */
    private static void finer(ObjectNode order) {
        ObjectNode shipping = (ObjectNode) order.at("/shipping_lines/0");
        add(shipping, "price");
        add(shipping, "discounted_price");
        add(order, "total_price");
    }

    private static void add(ObjectNode parent, String field) {
        if (parent.has(field)) {
            GoldenTest.money(
                    parent,
                    field,
                    new BigDecimal(parent.get(field).textValue())
                            .add(new BigDecimal("0.005"))
                            .toPlainString());
        }
    }

    @Test
    void withoutDecimalsNoughtsAreWelcomeAndNothingElse() {
        String total = tree(GoldenTest.golden("no-decimals")).get("total_price").asText();
        assertInstanceOf(
                Translation.Sold.class,
                GoldenTest.changed("no-decimals", order -> GoldenTest.money(order, "total_price", total + ".00")));
        Translation.Refused refused = assertInstanceOf(
                Translation.Refused.class,
                GoldenTest.changed("no-decimals", order -> GoldenTest.money(order, "total_price", total + ".50")));
        assertEquals("total_price", refused.field());
    }

    private static Translation in(String currency, String name, Consumer<ObjectNode> change) {
        String text =
                new String(GoldenTest.golden(name), StandardCharsets.UTF_8).replace("\"EUR\"", '"' + currency + '"');
        ObjectNode order = tree(text.getBytes(StandardCharsets.UTF_8));
        change.accept(order);
        return translate("orders/updated", order);
    }

    private static Translation translate(String topic, JsonNode tree) {
        return new ShopifyConnector()
                .translate(GoldenTest.SHOP, topic, tree.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode tree(byte[] body) {
        try {
            return (ObjectNode) JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
