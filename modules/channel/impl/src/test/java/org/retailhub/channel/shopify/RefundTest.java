package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.channel.domain.Translation;

/** What a refund's money is made of: each amount once, in the shop's money, and with its tax. */
class RefundTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Versions before 2024-10 tell refunded shipping as an adjustment, later ones as a line of its own, some both ways. */
    @Test
    void shippingThatIsToldTwiceCountsOnce() {
        RefundMade refund = refunded(body -> shipping(body, "5.00", "1.00"));
        assertEquals(List.of("shipping 5.00 + 1.00"), adjustments(refund));
    }

    @Test
    void shippingOfItsOwnLineHasItsTax() {
        RefundMade refund = refunded(body -> {
            body.putArray("order_adjustments");
            shipping(body, "5.00", "1.00");
        });
        assertEquals(List.of("shipping 5.00 + 1.00"), adjustments(refund));
    }

    @Test
    void dutiesAndFeesThatGoBackAreTold() {
        RefundMade refund = refunded(body -> {
            set(body, "total_duties_set", "3.10", "EUR");
            set(body, "total_additional_fees_set", "0.40", "EUR");
        });
        assertEquals(List.of("shipping 5.00 + 1.00", "duty 3.10 + 0.00", "fee 0.40 + 0.00"), adjustments(refund));
    }

    @Test
    void adjustmentsAreInTheShopsMoney() {
        RefundMade refund = refunded(body -> {
            ObjectNode adjustment = (ObjectNode) body.at("/order_adjustments/0");
            adjustment.put("amount", "-5.78").put("tax_amount", "-1.16");
            presentment(adjustment, "amount_set", "-5.78");
            presentment(adjustment, "tax_amount_set", "-1.16");
        });
        assertEquals(List.of("shipping 5.00 + 1.00"), adjustments(refund));
    }

    /** Where the plain field is what the buyer saw, the shop's money beside it is still what is booked. */
    @Test
    void linesAreInTheShopsMoney() {
        RefundMade refund = refunded(body -> {
            ObjectNode line = (ObjectNode) body.at("/refund_line_items/0");
            line.put("subtotal", "11.55");
            presentment(line, "subtotal_set", "11.55");
        });
        assertEquals("10.00", refund.lines().get(0).amount().toPlainString());
    }

    @Test
    void anAmountThatIsNeitherIsRefused() {
        assertRefused("CHN-1004 refund_line_items[0].subtotal", body -> ((ObjectNode) body.at("/refund_line_items/0"))
                .put("subtotal", "11.55"));
        assertRefused("CHN-1004 order_adjustments[0].amount", body -> ((ObjectNode) body.at("/order_adjustments/0"))
                .put("amount", "-5.55"));
    }

    @Test
    void anAdjustmentInAnotherCurrencyIsRefused() {
        assertRefused("CHN-1005 order_adjustments[0].amount_set.shop_money.currency_code", body -> ((ObjectNode)
                        body.at("/order_adjustments/0/amount_set/shop_money"))
                .put("currency_code", "USD"));
        assertRefused(
                "CHN-1005 total_duties_set.shop_money.currency_code",
                body -> set(body, "total_duties_set", "3.10", "USD"));
    }

    @Test
    void anAdjustmentFinerThanTheCurrencyIsRefused() {
        assertRefused("CHN-1004 order_adjustments[0].amount", body -> {
            ObjectNode adjustment = (ObjectNode) body.at("/order_adjustments/0");
            adjustment.put("amount", "-5.001").remove("amount_set");
        });
    }

    @Test
    void aRefundWithoutLinesIsMoneyAlone() {
        RefundMade refund = refunded(body -> {
            body.putArray("refund_line_items");
            body.putArray("order_adjustments");
        });
        assertEquals(List.of(), refund.lines());
        assertEquals(List.of(), refund.adjustments());
        assertEquals("18.00", refund.payments().get(0).amount().toPlainString());
        assertEquals("EUR", refund.currency());
    }

    @Test
    void aRefundOfNothingAtAllIsToldAsSuch() {
        RefundMade refund = refunded(body -> {
            for (String list : List.of("refund_line_items", "order_adjustments", "transactions")) {
                body.putArray(list);
            }
        });
        assertEquals(
                0,
                refund.lines().size()
                        + refund.adjustments().size()
                        + refund.payments().size());
    }

    @Test
    void insideAnOrderItsCurrencyIsTheOrders() {
        Translation translation = GoldenTest.changed("returned-after-delivery", order -> {
            JsonNode line = order.at("/refunds/0/refund_line_items/0");
            for (String set : List.of("subtotal_set", "total_tax_set")) {
                ((ObjectNode) line.path(set).path("shop_money")).put("currency_code", "USD");
            }
        });
        Translation.Refused refused = assertInstanceOf(Translation.Refused.class, translation);
        assertEquals(
                "CHN-1005 refunds[0].refund_line_items[0].subtotal_set.shop_money.currency_code",
                refused.code().code() + " " + refused.field());
    }

    private static List<String> adjustments(RefundMade refund) {
        return refund.adjustments().stream()
                .map(each -> each.type() + " " + each.amount().toPlainString() + " + "
                        + each.tax().toPlainString())
                .toList();
    }

    /** As Shopify writes it since 2024-10. */
    private static void shipping(ObjectNode refund, String amount, String tax) {
        ObjectNode line = ((ArrayNode) refund.get("refund_shipping_lines"))
                .addObject()
                .put("id", 71)
                .put("shipping_line_id", 72);
        set(line, "subtotal_amount_set", amount, "EUR");
        set(line, "tax_amount_set", tax, "EUR");
    }

    private static void set(ObjectNode parent, String field, String amount, String currency) {
        ObjectNode set = parent.putObject(field);
        for (String money : List.of("shop_money", "presentment_money")) {
            set.putObject(money).put("amount", amount).put("currency_code", currency);
        }
    }

    private static void presentment(ObjectNode parent, String set, String amount) {
        ((ObjectNode) parent.path(set).path("presentment_money"))
                .put("amount", amount)
                .put("currency_code", "USD");
    }

    private static RefundMade refunded(Consumer<ObjectNode> change) {
        Translation translation = changed(change);
        return assertInstanceOf(Translation.Refunded.class, translation, translation::toString)
                .refund();
    }

    private static void assertRefused(String expected, Consumer<ObjectNode> change) {
        Translation translation = changed(change);
        Translation.Refused refused = assertInstanceOf(Translation.Refused.class, translation, translation::toString);
        assertEquals(expected, refused.code().code() + " " + refused.field(), refused::detail);
    }

    private static Translation changed(Consumer<ObjectNode> change) {
        try {
            ObjectNode refund = (ObjectNode) JSON.readTree(GoldenTest.golden("refund"));
            change.accept(refund);
            return new ShopifyConnector()
                    .translate(
                            GoldenTest.SHOP, "refunds/create", refund.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
