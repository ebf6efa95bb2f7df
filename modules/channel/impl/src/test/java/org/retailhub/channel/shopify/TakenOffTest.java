package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.domain.Translation;

/** What leaves an order before it is delivered leaves the order; what was delivered stays, whatever was paid back for it. */
class TakenOffTest {
    /** Three mugs at 12.50, 10 % off, 20 % tax on top: 11.25 and 2.25 tax each. */
    private static final String MUG = "101";

    @Test
    void paidBackBeforeDeliveryWithoutRestockingIsNotDelivered() {
        Translation.Sold sold = sold(order -> {
            refund(order, 1, "no_restock", true);
            line(order).put("current_quantity", 2).put("fulfillable_quantity", 2);
        });
        assertEquals("2", quantity(sold));
        assertEquals("37.07", sold.order().totals().grand().toPlainString());
    }

    @Test
    void paidBackAfterDeliveryStays() {
        Translation.Sold sold = sold(order -> {
            refund(order, 1, "no_restock", true);
            line(order).put("current_quantity", 2).put("fulfillable_quantity", 0);
            delivered(order, 3, "success");
        });
        assertEquals("3", quantity(sold));
    }

    @Test
    void exchangedAfterDeliveryStays() {
        Translation.Sold sold = sold(order -> {
            refund(order, 1, "no_restock", false);
            line(order)
                    .put("current_quantity", 2)
                    .put("fulfillable_quantity", 0)
                    .put("fulfillment_status", "fulfilled");
        });
        assertEquals("3", quantity(sold));
    }

    @Test
    void ofALineInPartDeliveredWhatIsLeftToDeliverDecides() {
        Translation.Sold before = sold(order -> {
            refund(order, 1, "no_restock", true);
            line(order).put("current_quantity", 2).put("fulfillable_quantity", 1);
            delivered(order, 1, "success");
        });
        assertEquals("2", quantity(before));
        Translation.Sold after = sold(order -> {
            refund(order, 1, "no_restock", true);
            line(order).put("current_quantity", 2).put("fulfillable_quantity", 2);
            delivered(order, 1, "success");
        });
        assertEquals("3", quantity(after));
    }

    @Test
    void aDeliveryThatWasCalledOffIsNone() {
        Translation.Sold sold = sold(order -> {
            refund(order, 1, "no_restock", true);
            line(order).put("current_quantity", 2).put("fulfillable_quantity", 2);
            delivered(order, 3, "cancelled");
        });
        assertEquals("2", quantity(sold));
    }

    @Test
    void ofUnitsInPartDeliveredTheMoneyIsSplitToTheCent() {
        Translation.Sold sold = sold(order -> {
            refund(order, 2, "no_restock", true);
            line(order).put("current_quantity", 1).put("fulfillable_quantity", 0);
            delivered(order, 2, "success");
        });
        assertEquals("2", quantity(sold));
        assertEquals("37.07", sold.order().totals().grand().toPlainString());
    }

    @Test
    void anEditTakesOffWhatIsNotDelivered() {
        Translation.Sold sold = sold(order -> {
            refund(order, 1, "no_restock", false);
            line(order).put("current_quantity", 2).put("fulfillable_quantity", 1);
            delivered(order, 1, "success");
        });
        assertEquals("2", quantity(sold));
    }

    /** Nothing is shipped that the shop has taken out, even if nothing says with what money. */
    @Test
    void aQuantityThatShrankWithoutARefundIsNotOverlooked() {
        Translation translation =
                GoldenTest.changed("tax-on-top", order -> line(order).put("current_quantity", 1));
        Translation.Refused refused = assertInstanceOf(Translation.Refused.class, translation, translation::toString);
        assertEquals("CHN-1006 line_items[0].current_quantity", refused.code().code() + " " + refused.field());
    }

    @Test
    void withoutItsRefundsAShrunkenOrderIsNotWhole() {
        Translation translation = GoldenTest.changed("tax-on-top", order -> {
            line(order).put("current_quantity", 1);
            order.remove("refunds");
        });
        Translation.Incomplete incomplete =
                assertInstanceOf(Translation.Incomplete.class, translation, translation::toString);
        assertEquals("refunds", incomplete.field());
    }

    @Test
    void aCancelledOrderIsCancelledWhateverItsRefundsSay() {
        Translation.Sold sold = sold(order -> {
            refund(order, 3, "cancel", true);
            refund(order, 3, "cancel", true);
            line(order).put("current_quantity", 0);
            order.put("cancelled_at", "2026-11-24T16:00:00+01:00").put("cancel_reason", "customer");
        });
        assertEquals("cancelled in the shop: customer", sold.cancelled());
        assertEquals("3", quantity(sold));
    }

    @Test
    void withAllGoodsAndTheShippingPaidBackNothingIsLeftToDeliver() {
        Translation.Sold kept = sold(TakenOffTest::takeAllOff);
        assertNull(kept.cancelled());
        assertEquals("shipping", kept.order().charges().get(0).type());
        Translation.Sold gone = sold(order -> {
            takeAllOff(order);
            GoldenTest.money(order, "current_total_price", "0.00");
        });
        assertEquals("all lines were taken off", gone.cancelled());
    }

    private static void takeAllOff(ObjectNode order) {
        refund(order, 3, "cancel", true);
        line(order).put("current_quantity", 0).put("fulfillable_quantity", 0);
        ObjectNode cup = (ObjectNode) order.at("/line_items/1");
        cup.put("current_quantity", 0).put("fulfillable_quantity", 0);
        ArrayNode lines = (ArrayNode) order.at("/refunds/0/refund_line_items");
        lines.add(refundLine(cup.path("id").asText(), 1, "cancel", "3.49", "0.70"));
        GoldenTest.money(order, "current_total_price", "5.88");
    }

    private static ObjectNode line(ObjectNode order) {
        return (ObjectNode) order.at("/line_items/0");
    }

    private static String quantity(Translation.Sold sold) {
        return sold.order().lines().stream()
                .filter(line -> line.lineId().equals(MUG))
                .map(line -> line.quantity().toPlainString())
                .findFirst()
                .orElse("0");
    }

    private static void refund(ObjectNode order, int quantity, String restock, boolean paid) {
        ArrayNode refunds = (ArrayNode) order.get("refunds");
        ObjectNode refund = refunds.addObject();
        refund.put("id", 8_000 + refunds.size()).put("created_at", "2026-11-24T16:00:00+01:00");
        refund.putArray("refund_line_items")
                .add(refundLine(
                        MUG,
                        quantity,
                        restock,
                        List.of("11.25", "22.50", "33.75").get(quantity - 1),
                        List.of("2.25", "4.50", "6.75").get(quantity - 1)));
        ArrayNode transactions = refund.putArray("transactions");
        if (paid) {
            transactions
                    .addObject()
                    .put("id", 84)
                    .put("kind", "refund")
                    .put("status", "success")
                    .put("amount", "13.50")
                    .put("currency", "EUR");
        }
    }

    private static ObjectNode refundLine(String line, int quantity, String restock, String amount, String tax) {
        ObjectNode node = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        node.put("line_item_id", Long.parseLong(line)).put("quantity", quantity).put("restock_type", restock);
        node.put("subtotal", amount).put("total_tax", tax);
        ObjectNode money = node.putObject("subtotal_set").putObject("shop_money");
        money.put("amount", amount).put("currency_code", "EUR");
        return node;
    }

    private static void delivered(ObjectNode order, int quantity, String status) {
        ObjectNode fulfillment = ((ArrayNode) order.get("fulfillments")).addObject();
        fulfillment.put("id", 5).put("status", status);
        fulfillment.putArray("line_items").addObject().put("id", 101).put("quantity", quantity);
    }

    private static Translation.Sold sold(Consumer<ObjectNode> change) {
        Translation translation = GoldenTest.changed("tax-on-top", change);
        return assertInstanceOf(Translation.Sold.class, translation, translation::toString);
    }
}
