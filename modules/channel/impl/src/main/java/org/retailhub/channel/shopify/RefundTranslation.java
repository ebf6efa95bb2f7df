package org.retailhub.channel.shopify;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.channel.domain.Translation;

/** Refunds, alone or inside their order; and what of an order was taken off before it was delivered. */
final class RefundTranslation {
    private RefundTranslation() {}

    /** @throws Fault naming the field */
    static Translation translate(String channel, Node refund) {
        refund.ownId();
        String orderId = refund.requiredId("order_id");
        return new Translation.Refunded(OrderTranslation.document(orderId), refund(channel, orderId, refund));
    }

    static RefundMade refund(String channel, String orderId, Node refund) {
        String refundId = refund.ownId();
        OffsetDateTime createdAt = refund.requiredTime("created_at");
        OffsetDateTime processedAt = refund.time("processed_at");
        OffsetDateTime at = processedAt == null ? createdAt : processedAt;
        String currency = currency(refund);
        List<RefundMade.Line> lines = new ArrayList<>();
        for (Node line : refund.list("refund_line_items")) {
            lines.add(line(line, amounts(currency, line)));
        }
        List<RefundMade.Adjustment> adjustments = new ArrayList<>();
        for (Node shipping : refund.list("refund_shipping_lines")) {
            Amounts amounts = amounts(currency, shipping);
            adjustments.add(new RefundMade.Adjustment(
                    "shipping", firstOf(shipping, amounts, "subtotal_amount", "subtotal"), taxOf(shipping, amounts)));
        }
        for (Node adjustment : refund.list("order_adjustments")) {
            adjustments.add(adjustment(adjustment, currency));
        }
        List<RefundMade.Payment> payments = new ArrayList<>();
        for (Node transaction : refund.list("transactions")) {
            payments.add(payment(transaction, currency));
        }
        return new RefundMade(
                channel, orderId, refundId, at, currency, refund.remark("note", 500), lines, adjustments, payments);
    }

    private static RefundMade.Line line(Node line, Amounts amounts) {
        String location = line.id("location_id");
        return new RefundMade.Line(
                lineId(line),
                BigDecimal.valueOf(line.quantity("quantity")),
                amounts.required(line, "subtotal"),
                amounts.required(line, "total_tax"),
                restock(line),
                location);
    }

    private static String lineId(Node line) {
        Node sold = line.object("line_item");
        return sold == null ? line.requiredId("line_item_id") : sold.ownId();
    }

    private static RefundMade.Restock restock(Node line) {
        String word = line.remark("restock_type", 40);
        if (word == null) {
            return RefundMade.Restock.UNKNOWN;
        }
        return switch (word) {
            case "return" -> RefundMade.Restock.RETURN;
            case "cancel" -> RefundMade.Restock.CANCEL;
            case "no_restock" -> RefundMade.Restock.NONE;
            case "legacy_restock" -> RefundMade.Restock.UNKNOWN;
            default -> throw Fault.wrong(line.pathOf("restock_type"), "is not a known way to restock");
        };
    }

    private static BigDecimal firstOf(Node parent, Amounts amounts, String... fields) {
        for (String field : fields) {
            BigDecimal amount = field.equals("subtotal_amount")
                    ? amounts.shopMoneyOrNull(parent, "subtotal_amount_set")
                    : amounts.orNull(parent, field);
            if (amount != null) {
                return amount;
            }
        }
        throw Fault.missing(parent.pathOf(fields[0] + "_set"));
    }

    private static BigDecimal taxOf(Node shipping, Amounts amounts) {
        return amounts.taxOf(shipping);
    }

    /** Shopify writes what the buyer gets back as a negative amount here. */
    private static RefundMade.Adjustment adjustment(Node adjustment, String currency) {
        String kind = adjustment.remark("kind", 40);
        BigDecimal amount = adjustment.decimal("amount");
        if (amount == null) {
            throw Fault.missing(adjustment.pathOf("amount"));
        }
        BigDecimal tax = adjustment.decimal("tax_amount");
        amounts(currency, adjustment);
        return new RefundMade.Adjustment(
                "shipping_refund".equals(kind) ? "shipping" : kind == null ? "adjustment" : kind,
                amount.negate(),
                tax == null ? BigDecimal.ZERO : tax.negate());
    }

    private static RefundMade.Payment payment(Node transaction, String currency) {
        BigDecimal amount = transaction.decimal("amount");
        if (amount == null) {
            throw Fault.missing(transaction.pathOf("amount"));
        }
        String own = transaction.text("currency", 3);
        return new RefundMade.Payment(
                transaction.ownId(),
                transaction.remark("gateway", 40),
                transaction.remark("kind", 20) + "/" + transaction.remark("status", 20),
                amount,
                own == null ? currency : own);
    }

    private static Amounts amounts(String currency, Node at) {
        if (currency == null) {
            throw Fault.missing(at.pathOf("subtotal_set.shop_money.currency_code"));
        }
        return Amounts.in(currency, at.pathOf("subtotal_set.shop_money.currency_code"));
    }

    /** The shop's currency, as the first amount that names one says; null if none does. */
    private static String currency(Node refund) {
        for (String list : List.of("refund_line_items", "refund_shipping_lines", "order_adjustments")) {
            for (Node element : refund.list(list)) {
                for (String set : List.of("subtotal_set", "subtotal_amount_set", "amount_set")) {
                    Node money = element.object(set);
                    Node shop = money == null ? null : money.object("shop_money");
                    if (shop != null && shop.says("currency_code")) {
                        return shop.text("currency_code", 3);
                    }
                }
            }
        }
        Node duties = refund.object("total_duties_set");
        Node shop = duties == null ? null : duties.object("shop_money");
        if (shop != null && shop.says("currency_code")) {
            return shop.text("currency_code", 3);
        }
        for (Node transaction : refund.list("transactions")) {
            if (transaction.says("currency")) {
                return transaction.text("currency", 3);
            }
        }
        return null;
    }

    /**
     * Units that a refund took off before they were delivered, by line: restocked as cancelled, or taken out by an edit of the order, which
     * moves neither money nor stock.
     */
    static Map<String, SoldLine.Removed> removed(Node refund, Amounts amounts) {
        boolean edit = refund.list("transactions").isEmpty();
        Map<String, SoldLine.Removed> removed = new HashMap<>();
        for (Node line : refund.list("refund_line_items")) {
            RefundMade.Restock restock = restock(line);
            if (restock == RefundMade.Restock.CANCEL || edit && restock == RefundMade.Restock.NONE) {
                removed.merge(
                        lineId(line),
                        new SoldLine.Removed(
                                line.quantity("quantity"),
                                amounts.required(line, "subtotal"),
                                amounts.required(line, "total_tax")),
                        SoldLine.Removed::plus);
            }
        }
        return removed;
    }
}
