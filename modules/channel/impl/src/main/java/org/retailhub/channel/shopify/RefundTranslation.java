package org.retailhub.channel.shopify;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.channel.domain.Translation;

/** Refunds, alone or inside their order. */
final class RefundTranslation {
    private RefundTranslation() {}

    private static final String SHIPPING_REFUND = "shipping_refund";

    /** @throws Fault naming the field */
    static Translation translate(String channel, Node refund) {
        refund.ownId();
        String orderId = refund.requiredId("order_id");
        return new Translation.Refunded(OrderTranslation.document(orderId), refund(channel, orderId, refund, null));
    }

    /** @param orderCurrency of the order it is in; null if it came by itself */
    static RefundMade refund(String channel, String orderId, Node refund, @Nullable String orderCurrency) {
        String refundId = refund.ownId();
        OffsetDateTime createdAt = refund.requiredTime("created_at");
        OffsetDateTime processedAt = refund.time("processed_at");
        OffsetDateTime at = processedAt == null ? createdAt : processedAt;
        // The same whichever way it came, so that the two ways agree; what is stated must be the order's.
        String stated = statedCurrency(refund);
        String currency = stated == null ? currencyOfTransactions(refund) : stated;
        String booked = stated == null || orderCurrency == null ? currency : orderCurrency;
        List<RefundMade.Line> lines = new ArrayList<>();
        for (Node line : refund.list("refund_line_items")) {
            lines.add(line(line, amounts(booked, line)));
        }
        List<RefundMade.Payment> payments = new ArrayList<>();
        for (Node transaction : refund.list("transactions")) {
            payments.add(payment(transaction, currency));
        }
        return new RefundMade(
                channel,
                orderId,
                refundId,
                at,
                currency,
                refund.remark("note", 500),
                lines,
                adjustments(refund, booked),
                payments);
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

    private static List<RefundMade.Adjustment> adjustments(Node refund, @Nullable String currency) {
        List<RefundMade.Adjustment> adjustments = new ArrayList<>();
        List<Node> stated = refund.list("order_adjustments");
        // Since 2024-10 refunded shipping has lines of its own; a document that has both says the same twice.
        if (stated.stream().noneMatch(each -> SHIPPING_REFUND.equals(each.remark("kind", 40)))) {
            for (Node shipping : refund.list("refund_shipping_lines")) {
                adjustments.add(shipping(shipping, amounts(currency, shipping)));
            }
        }
        for (Node adjustment : stated) {
            adjustments.add(adjustment(adjustment, amounts(currency, adjustment)));
        }
        add(adjustments, "duty", refund, "total_duties_set", currency);
        add(adjustments, "fee", refund, "total_additional_fees_set", currency);
        return adjustments;
    }

    private static void add(
            List<RefundMade.Adjustment> adjustments, String type, Node refund, String set, @Nullable String currency) {
        if (refund.object(set) == null) {
            return;
        }
        Amounts amounts = amounts(currency, refund);
        BigDecimal amount = amounts.shopMoneyOrNull(refund, set);
        if (amount != null && amount.signum() != 0) {
            adjustments.add(new RefundMade.Adjustment(type, amount, amounts.zero()));
        }
    }

    private static RefundMade.Adjustment shipping(Node shipping, Amounts amounts) {
        BigDecimal amount = amounts.orNull(shipping, "subtotal_amount");
        if (amount == null) {
            amount = amounts.orNull(shipping, "subtotal");
        }
        if (amount == null) {
            throw Fault.missing(shipping.pathOf("subtotal_amount_set"));
        }
        BigDecimal tax = amounts.orNull(shipping, "tax_amount");
        return new RefundMade.Adjustment("shipping", amount, tax == null ? amounts.taxOf(shipping) : tax);
    }

    /** Shopify writes what the buyer gets back as a negative amount here. */
    private static RefundMade.Adjustment adjustment(Node adjustment, Amounts amounts) {
        String kind = adjustment.remark("kind", 40);
        BigDecimal amount = amounts.signedOrNull(adjustment, "amount");
        if (amount == null) {
            throw Fault.missing(adjustment.pathOf("amount"));
        }
        BigDecimal tax = amounts.signedOrNull(adjustment, "tax_amount");
        return new RefundMade.Adjustment(
                SHIPPING_REFUND.equals(kind) ? "shipping" : kind == null ? "adjustment" : kind,
                amount.negate(),
                tax == null ? amounts.zero() : tax.negate());
    }

    static String lineId(Node line) {
        Node sold = line.object("line_item");
        return sold == null ? line.requiredId("line_item_id") : sold.ownId();
    }

    static RefundMade.Restock restock(Node line) {
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

    private static RefundMade.Payment payment(Node transaction, @Nullable String currency) {
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

    private static Amounts amounts(@Nullable String currency, Node at) {
        if (currency == null) {
            throw Fault.missing(at.pathOf("subtotal_set.shop_money.currency_code"));
        }
        return Amounts.in(currency, at.pathOf("subtotal_set.shop_money.currency_code"));
    }

    /** The shop's currency, as the first amount that names one says; null if none does. */
    private static @Nullable String statedCurrency(Node refund) {
        for (String list : List.of("refund_line_items", "refund_shipping_lines", "order_adjustments")) {
            for (Node element : refund.list(list)) {
                for (String set : List.of("subtotal_set", "subtotal_amount_set", "amount_set")) {
                    String currency = currencyOf(element, set);
                    if (currency != null) {
                        return currency;
                    }
                }
            }
        }
        return currencyOf(refund, "total_duties_set");
    }

    private static @Nullable String currencyOf(Node parent, String set) {
        Node money = parent.object(set);
        Node shop = money == null ? null : money.object("shop_money");
        return shop == null ? null : shop.text("currency_code", 3);
    }

    /** For want of better: a payment may be in what the buyer paid with. */
    private static @Nullable String currencyOfTransactions(Node refund) {
        for (Node transaction : refund.list("transactions")) {
            if (transaction.says("currency")) {
                return transaction.text("currency", 3);
            }
        }
        return null;
    }
}
