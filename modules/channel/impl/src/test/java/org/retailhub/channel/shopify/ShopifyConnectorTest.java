package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retailhub.channel.domain.Translation;

class ShopifyConnectorTest {
    private static final String PRIVACY = """
            {"shop_id":954889,"shop_domain":"acme.myshopify.com","orders_requested":[299938,280263],
             "customer":{"id":191167,"email":"ines@example.org","phone":"555-625-1199"},"data_request":{"id":9999}}""";

    /** The law gives 30 days for these: nobody may overlook them. */
    @ParameterizedTest
    @ValueSource(strings = {"customers/data_request", "customers/redact", "shop/redact"})
    void whatTheLawAsksForWaitsForSomebody(String topic) {
        Translation.Refused refused = assertInstanceOf(Translation.Refused.class, translate(topic, PRIVACY));
        assertEquals("CHN-2011", refused.code().code());
        assertTrue(refused.detail().contains(topic), refused::detail);
        assertFalse(refused.detail().contains("ines@"), refused::detail);
        assertFalse(refused.detail().contains("555"), refused::detail);
    }

    @Test
    void whatConcernsNoOrderIsNotTaken() {
        assertInstanceOf(Translation.NotTaken.class, translate("app/uninstalled", "{\"id\":1}"));
        assertInstanceOf(Translation.NotTaken.class, translate("products/update", "not even JSON"));
    }

    @Test
    void aDeletionSaysNoMoreThanWhatIsDeleted() {
        assertInstanceOf(Translation.Deleted.class, translate("orders/delete", "{\"id\":820982911946154508}"));
    }

    /** The topic is not signed: an order that was captured on its way, sent again with this topic, cancels nothing. */
    @Test
    void aWholeOrderIsNoDeletion() {
        Translation.Refused refused = assertInstanceOf(
                Translation.Refused.class,
                new ShopifyConnector().translate(GoldenTest.SHOP, "orders/delete", GoldenTest.golden("tax-on-top")));
        assertEquals("CHN-1004 updated_at", refused.code().code() + " " + refused.field());
    }

    @Test
    void remarksAreNotCutInTheMiddleOfACharacter() {
        String smile = "\ud83d\ude00";
        Translation.Sold sold = assertInstanceOf(Translation.Sold.class, GoldenTest.changed("tax-on-top", order -> {
            order.put("note", "x".repeat(999) + smile);
            ObjectNode item = (ObjectNode) order.at("/line_items/0");
            item.putNull("sku").putNull("variant_id").putNull("product_id");
            item.put("title", "x".repeat(48) + "\ud835\udc00");
        }));
        assertEquals("x".repeat(999), sold.order().notes());
        assertEquals(
                "shopify:custom:" + "x".repeat(48), sold.order().lines().get(0).sku());
    }

    @Test
    void moreDiscountsThanALineMayHaveAreRefusedHere() {
        Translation.Refused refused =
                assertInstanceOf(Translation.Refused.class, GoldenTest.changed("tax-on-top", order -> {
                    ArrayNode allocations = (ArrayNode) order.at("/line_items/0/discount_allocations");
                    allocations.removeAll();
                    for (int i = 0; i < 50; i++) {
                        allocations.addObject().put("amount", "0.01");
                    }
                }));
        assertEquals(
                "CHN-1004 line_items[0].discount_allocations", refused.code().code() + " " + refused.field());
    }

    @Test
    void giftCardLinesAreNamedWholeOrCounted() {
        Translation.Sold sold = assertInstanceOf(Translation.Sold.class, GoldenTest.changed("tax-on-top", order -> {
            ArrayNode items = (ArrayNode) order.get("line_items");
            ObjectNode card = items.get(1).deepCopy();
            card.put("gift_card", true);
            card.remove(List.of("discount_allocations", "tax_lines", "admin_graphql_api_id", "price_set"));
            card.put("price", "0.00");
            for (int i = 0; i < 40; i++) {
                items.add(card.deepCopy().put("id", 6_100_000_000_000_000_000L + i));
            }
        }));
        String named = sold.order().metadata().get("giftCardLines");
        assertTrue(named.length() <= 255, named);
        assertTrue(named.matches("(\\d{19},)+\\.\\.\\. 40"), named);
    }

    private static Translation translate(String topic, String body) {
        return new ShopifyConnector().translate(GoldenTest.SHOP, topic, body.getBytes(StandardCharsets.UTF_8));
    }
}
