package org.retailhub.channel.shopify;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.channel.domain.Translation;
import org.retailhub.order.api.CanonicalOrder;
import org.retailhub.platform.kernel.Sku;

/**
 * An order as it was sold, less what was taken off before delivery. Booked is the shop's money; what the buyer saw stays beside it. The
 * shop's total is what the buyer owes: what lines, shipping and charges do not explain of it becomes a charge of its own,
 * {@code unexplained}, which no ERP knows unless somebody gives it an account.
 */
final class OrderTranslation {
    /** Shopify's gateway for trying out a shop: no money moves. */
    private static final String BOGUS = "bogus";

    private static final String GIFT_CARD = "gift_card";
    private static final int MOST_LINES = 2_000;
    /** One less than an order's line takes: rounding may need one. */
    private static final int MOST_DISCOUNTS = 49;

    private static final int LONGEST_METADATA = 255;

    private final String channel;
    private final Node order;
    private final OffsetDateTime updatedAt;
    private final Amounts amounts;
    private final boolean taxIncluded;
    private final List<Node> discountApplications;
    private final Map<String, String> metadata = new TreeMap<>();

    private final List<SoldLine> lines = new ArrayList<>();
    private final List<CanonicalOrder.Charge> charges = new ArrayList<>();
    private BigDecimal shippingGross;
    private BigDecimal shippingTax;
    private BigDecimal allocated;
    private BigDecimal tips;
    private BigDecimal duties;
    private BigDecimal dutyTax;
    private BigDecimal paidByChannel;
    private final List<String> giftCardLines = new ArrayList<>();

    private OrderTranslation(String channel, Node order) {
        this.channel = channel;
        this.order = order;
        order.requirePresent("updated_at").requirePresent("test").requirePresent("currency");
        order.requirePresent("taxes_included").requirePresent("line_items").requirePresent("total_price");
        this.updatedAt = order.requiredTime("updated_at");
        this.amounts = Amounts.in(order.requiredText("currency", 3), "currency");
        this.taxIncluded = order.requiredFlag("taxes_included");
        // Documentation nests the list once more.
        Node nested =
                order.json().path("discount_applications").isObject() ? order.object("discount_applications") : order;
        this.discountApplications = (nested == null ? order : nested).list("discount_applications");
        shippingGross = amounts.zero();
        shippingTax = amounts.zero();
        allocated = amounts.zero();
        tips = amounts.zero();
        duties = amounts.zero();
        dutyTax = amounts.zero();
        paidByChannel = amounts.zero();
    }

    static String document(String orderId) {
        return "order/" + orderId;
    }

    /** @throws Fault naming the field */
    static Translation translate(String channel, Node order) {
        String id = order.ownId();
        try {
            return new OrderTranslation(channel, order).sold(id);
        } catch (Fault fault) {
            if (fault.isIncomplete()) {
                return new Translation.Incomplete(document(id), fault.code(), fault.field(), fault.detail());
            }
            throw fault;
        }
    }

    private Translation sold(String id) {
        OffsetDateTime placedAt = order.time("processed_at");
        if (placedAt == null) {
            placedAt = order.requiredTime("created_at");
        }
        readLines();
        readShipping();
        readCharges();
        spreadUnallocatedTax();
        BigDecimal total = amounts.required(order, "total_price");
        explain(total);
        List<RefundMade> refunds = new ArrayList<>();
        for (Node refund : order.list("refunds")) {
            refunds.add(RefundTranslation.refund(channel, id, refund, amounts.currency()));
        }
        String cancelled = cancelled();
        List<SoldLine> kept = lines;
        if (cancelled == null) {
            kept = lessTakenOff();
            if (kept.isEmpty() && isNothingLeft()) {
                cancelled = "all lines were taken off";
                kept = lines;
            }
        }
        if (kept.isEmpty() && cancelled != null && charges.isEmpty()) {
            throw Fault.missing("line_items");
        }
        boolean test = order.requiredFlag("test") || gateways().contains(BOGUS);
        CanonicalOrder canonical = document(id, placedAt, test, kept);
        return new Translation.Sold(document(id), updatedAt.toInstant(), canonical, cancelled, refunds);
    }

    private void readLines() {
        List<Node> items = order.list("line_items");
        if (items.size() > MOST_LINES) {
            throw Fault.wrong("line_items", "has more than " + MOST_LINES + " lines");
        }
        Set<String> ids = new HashSet<>();
        for (Node item : items) {
            paidByChannel = paidByChannel.add(amounts.taxPaidByChannel(item));
            if (item.says("tip_payment_gateway") || item.says("tip_payment_method")) {
                tips = tips.add(tip(item));
                continue;
            }
            readDuties(item);
            SoldLine line = line(item);
            if (!ids.add(line.lineId())) {
                throw Fault.wrong(item.pathOf("id"), "is used by another line");
            }
            allocated = allocated.add(line.discounted());
            if (line.quantity() > 0) {
                lines.add(line);
                if (item.flag(GIFT_CARD)) {
                    giftCardLines.add(line.lineId());
                }
            }
        }
    }

    private BigDecimal tip(Node item) {
        return amounts.required(item, "price").multiply(BigDecimal.valueOf(item.quantity("quantity")));
    }

    private SoldLine line(Node item) {
        String lineId = item.ownId();
        String name = item.remark("name", 255);
        return new SoldLine(
                item.path(),
                lineId,
                sku(item, lineId),
                name == null ? item.remark("title", 255) : name,
                item.quantity("quantity"),
                amounts.unitPrice(item, "price"),
                discounts(item),
                amounts.taxOf(item));
    }

    /**
     * The seller's own key. A product that is deleted, or was never one, has none: it gets a key of its own that stays the same, so the order
     * waits for master data instead of being lost.
     */
    private static String sku(Node item, String lineId) {
        String sku = item.text("sku", Sku.MAX_LENGTH);
        if (sku != null) {
            if (!Sku.isValid(sku)) {
                throw Fault.wrong(item.pathOf("sku"), "must not contain control characters");
            }
            return sku;
        }
        String variant = item.id("variant_id");
        if (variant != null) {
            return "shopify:variant:" + variant;
        }
        String product = item.id("product_id");
        if (product != null) {
            return "shopify:product:" + product;
        }
        String title = item.remark("title", 200);
        String word = title == null ? "" : title.replaceAll("[^\\p{L}\\p{N}]+", "-");
        String prefix = "shopify:custom:";
        int room = Sku.MAX_LENGTH - prefix.length();
        return prefix + (word.isEmpty() || word.equals("-") ? lineId : Node.cut(word, room));
    }

    /** Those of the line's own allocations; before there were any, the line's total. */
    private List<SoldLine.Discount> discounts(Node item) {
        List<SoldLine.Discount> discounts = new ArrayList<>();
        if (!item.has("discount_allocations")) {
            BigDecimal whole = amounts.orZero(item, "total_discount");
            return whole.signum() == 0 ? discounts : List.of(new SoldLine.Discount(whole, "discount"));
        }
        List<Node> allocations = item.list("discount_allocations");
        if (allocations.size() > MOST_DISCOUNTS) {
            throw Fault.wrong(item.pathOf("discount_allocations"), "are more than " + MOST_DISCOUNTS);
        }
        for (Node allocation : allocations) {
            BigDecimal amount = amounts.required(allocation, "amount");
            if (amount.signum() > 0) {
                discounts.add(new SoldLine.Discount(amount, reason(allocation)));
            }
        }
        return discounts;
    }

    private String reason(Node allocation) {
        int index =
                allocation.says("discount_application_index") ? allocation.quantity("discount_application_index") : -1;
        if (index < 0 || index >= discountApplications.size()) {
            return "discount";
        }
        Node application = discountApplications.get(index);
        for (String field : List.of("code", "title", "description", "type")) {
            String reason = application.remark(field, 120);
            if (reason != null) {
                return reason;
            }
        }
        return "discount";
    }

    private void readDuties(Node item) {
        for (Node duty : item.list("duties")) {
            BigDecimal amount = amounts.moneyOrNull(duty, "shop_money");
            if (amount == null) {
                amount = amounts.shopMoneyOrNull(duty, "price_set");
            }
            if (amount == null) {
                throw Fault.missing(duty.pathOf("shop_money"));
            }
            duties = duties.add(amount);
            dutyTax = dutyTax.add(amounts.taxOf(duty));
        }
    }

    private void readShipping() {
        for (Node line : order.list("shipping_lines")) {
            if (line.flag("is_removed")) {
                continue;
            }
            BigDecimal price = amounts.required(line, "price");
            if (line.has("discount_allocations")) {
                for (Node allocation : line.list("discount_allocations")) {
                    BigDecimal off = amounts.required(allocation, "amount");
                    allocated = allocated.add(off);
                    price = price.subtract(off);
                }
            } else {
                BigDecimal discounted = amounts.orNull(line, "discounted_price");
                if (discounted != null) {
                    allocated = allocated.add(price.subtract(discounted));
                    price = discounted;
                }
            }
            if (price.signum() < 0) {
                throw Fault.wrong(line.pathOf("discount_allocations"), "are more than the price");
            }
            BigDecimal tax = amounts.taxOf(line);
            if (taxIncluded && tax.compareTo(price) > 0) {
                throw Fault.wrong(line.pathOf("tax_lines"), "are more than the price that includes them");
            }
            paidByChannel = paidByChannel.add(amounts.taxPaidByChannel(line));
            shippingGross = shippingGross.add(price);
            shippingTax = shippingTax.add(tax);
        }
    }

    private void readCharges() {
        if (tips.signum() == 0) {
            tips = amounts.orZero(order, "total_tip_received");
        }
        charge("tip", "Tip", tips, amounts.zero());
        if (order.flag("duties_included")) {
            metadata.put("dutiesIncluded", "true");
        } else {
            if (duties.signum() == 0) {
                BigDecimal whole = amounts.shopMoneyOrNull(order, "original_total_duties_set");
                duties = whole == null ? amounts.zero() : whole;
            }
            charge("duty", "Duties", duties, dutyTax);
        }
        BigDecimal fees = amounts.shopMoneyOrNull(order, "original_total_additional_fees_set");
        charge("fee", "Additional fees", fees == null ? amounts.zero() : fees, amounts.zero());
    }

    private void charge(String type, String description, BigDecimal amount, BigDecimal tax) {
        if (amount.signum() != 0 || tax.signum() != 0) {
            charges.add(new CanonicalOrder.Charge(type, description, amount, tax));
        }
    }

    /** Old documents bear their tax on the order alone: it goes to the lines by what was paid for each. */
    private void spreadUnallocatedTax() {
        BigDecimal stated = amounts.orNull(order, "total_tax");
        BigDecimal known = shippingTax.add(chargeTax());
        for (SoldLine line : lines) {
            known = known.add(line.tax());
        }
        if (stated == null || known.signum() != 0 || stated.signum() == 0 || lines.isEmpty()) {
            return;
        }
        int decimals = amounts.decimals();
        BigDecimal paid = lines.stream()
                .map(line -> line.gross(decimals).subtract(line.discounted()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (paid.signum() <= 0) {
            throw Fault.inexact("total_tax", "there is a tax and nothing to pay it on");
        }
        BigDecimal upTo = BigDecimal.ZERO;
        BigDecimal given = BigDecimal.ZERO;
        for (int i = 0; i < lines.size(); i++) {
            SoldLine line = lines.get(i);
            upTo = upTo.add(line.gross(decimals).subtract(line.discounted()));
            BigDecimal share = upTo.multiply(stated).divide(paid, decimals, java.math.RoundingMode.HALF_UP);
            lines.set(
                    i,
                    new SoldLine(
                            line.path(),
                            line.lineId(),
                            line.sku(),
                            line.name(),
                            line.quantity(),
                            line.unitPrice(),
                            line.discounts(),
                            share.subtract(given)));
            given = share;
        }
    }

    private BigDecimal chargeTax() {
        return charges.stream().map(CanonicalOrder.Charge::tax).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What parts add up to, against the shop's total; the rest becomes a charge with a name. */
    private void explain(BigDecimal total) {
        CanonicalOrder.Totals parts = totals(netLines(lines));
        BigDecimal rest = total.subtract(parts.grand());
        if (rest.signum() == 0) {
            return;
        }
        BigDecimal unallocated = amounts.orZero(order, "total_discounts").subtract(allocated);
        if (unallocated.signum() > 0 && rest.compareTo(unallocated.negate()) == 0) {
            charge("discount", "Discount on the order", rest, amounts.zero());
            return;
        }
        order.requirePresent("shipping_lines");
        charge("unexplained", "Not explained by the shop's own figures", rest, amounts.zero());
        metadata.put("unexplained", rest.toPlainString());
    }

    private List<SoldLine> lessTakenOff() {
        Map<String, SoldLine.Removed> takenOff = TakenOff.of(order, amounts);
        List<SoldLine> left = new ArrayList<>(lines.size());
        for (SoldLine line : lines) {
            SoldLine.Removed off = takenOff.get(line.lineId());
            SoldLine rest = off == null ? line : line.without(off, amounts.decimals());
            if (rest != null) {
                left.add(rest);
            }
        }
        return left;
    }

    /** Neither goods nor money: what the buyer still owes may be shipping or a charge. */
    private boolean isNothingLeft() {
        BigDecimal owed = amounts.orNull(order, "current_total_price");
        return owed != null && owed.signum() == 0 || shippingGross.signum() == 0 && charges.isEmpty();
    }

    private @Nullable String cancelled() {
        if (!order.says("cancelled_at")) {
            return null;
        }
        order.requiredTime("cancelled_at");
        String reason = order.remark("cancel_reason", 100);
        return "cancelled in the shop" + (reason == null ? "" : ": " + reason);
    }

    private List<CanonicalOrder.Line> netLines(List<SoldLine> sold) {
        return sold.stream()
                .map(line -> line.net(taxIncluded, amounts.decimals()))
                .toList();
    }

    private CanonicalOrder.Totals totals(List<CanonicalOrder.Line> netLines) {
        BigDecimal goods = amounts.zero();
        BigDecimal tax = shippingTax.add(chargeTax());
        for (CanonicalOrder.Line line : netLines) {
            goods = goods.add(line.quantity()
                    .multiply(line.unitPrice())
                    .setScale(amounts.decimals(), java.math.RoundingMode.HALF_UP));
            for (CanonicalOrder.Discount discount : line.discounts()) {
                goods = goods.subtract(discount.amount());
            }
            tax = tax.add(line.tax());
        }
        BigDecimal charged =
                charges.stream().map(CanonicalOrder.Charge::amount).reduce(amounts.zero(), BigDecimal::add);
        BigDecimal shipping = taxIncluded ? shippingGross.subtract(shippingTax) : shippingGross;
        return new CanonicalOrder.Totals(
                goods,
                shipping,
                shippingTax,
                charged,
                tax,
                goods.add(shipping).add(charged).add(tax));
    }

    private CanonicalOrder document(String id, OffsetDateTime placedAt, boolean test, List<SoldLine> kept) {
        List<CanonicalOrder.Line> netLines = netLines(kept);
        CanonicalOrder.Totals totals = totals(netLines);
        List<CanonicalOrder.Charge> all = new ArrayList<>(charges);
        if (netLines.isEmpty() && totals.shipping().signum() != 0) {
            // Goods taken off, shipping kept: an order needs a line or a charge.
            all.add(new CanonicalOrder.Charge("shipping", "Shipping", totals.shipping(), totals.shippingTax()));
            totals = new CanonicalOrder.Totals(
                    totals.goods(),
                    amounts.zero(),
                    amounts.zero(),
                    totals.charges().add(totals.shipping()),
                    totals.tax(),
                    totals.grand());
        }
        if (totals.grand().signum() < 0) {
            throw Fault.inexact("total_price", "what was taken off is more than the total");
        }
        return new CanonicalOrder(
                channel,
                id,
                placedAt,
                amounts.currency(),
                test,
                Parties.customer(order),
                Parties.shipTo(order),
                netLines,
                all,
                totals,
                payment(),
                order.remark("note", 1_000),
                metadata());
    }

    private CanonicalOrder.Payment payment() {
        String status = order.remark("financial_status", 40);
        String canonical = status == null
                ? "pending"
                : switch (status) {
                    case "paid", "partially_refunded", "refunded" -> "paid";
                    case "authorized" -> "authorized";
                    default -> "pending";
                };
        String method = String.join("+", gateways());
        return new CanonicalOrder.Payment(
                canonical,
                method.isEmpty() ? null : method.substring(0, Math.min(40, method.length())),
                order.remark("confirmation_number", 120));
    }

    private List<String> gateways() {
        List<String> gateways = new ArrayList<>();
        order.json().path("payment_gateway_names").forEach(each -> {
            if (each.isTextual() && !each.textValue().isBlank()) {
                gateways.add(each.textValue().strip());
            }
        });
        return gateways;
    }

    /** The channel's own words, kept beside what we made of them. */
    private Map<String, String> metadata() {
        for (String field : List.of("name", "financial_status", "fulfillment_status", "source_name", "tags")) {
            String value = order.remark(field, 255);
            if (value != null) {
                metadata.put(field, value);
            }
        }
        metadata.put("taxesIncluded", Boolean.toString(taxIncluded));
        String seen = order.remark("presentment_currency", 3);
        if (seen != null && !seen.equals(amounts.currency())) {
            metadata.put("presentmentCurrency", seen);
            Node set = order.object("total_price_set");
            Node money = set == null ? null : set.object("presentment_money");
            BigDecimal amount = money == null ? null : money.decimal("amount");
            if (amount != null) {
                metadata.put("presentmentTotal", amount.toPlainString());
            }
        }
        if (paidByChannel.signum() != 0) {
            metadata.put("taxPaidByChannel", paidByChannel.toPlainString());
        }
        if (!giftCardLines.isEmpty()) {
            metadata.put("giftCardLines", named(giftCardLines));
        }
        BigDecimal byGiftCard = paidByGiftCard();
        if (byGiftCard.signum() != 0) {
            metadata.put("paidByGiftCard", byGiftCard.toPlainString());
        }
        return metadata;
    }

    /** As many ids as there is room for, each of them whole; if not all, how many there are. */
    private static String named(List<String> ids) {
        String all = String.join(",", ids);
        if (all.length() <= LONGEST_METADATA) {
            return all;
        }
        String rest = "... " + ids.size();
        return all.substring(0, all.lastIndexOf(',', LONGEST_METADATA - rest.length() - 1) + 1) + rest;
    }

    /** Using a gift card is a payment, not a discount. Only some documents bring their transactions. */
    private BigDecimal paidByGiftCard() {
        BigDecimal sum = amounts.zero();
        for (Node transaction : order.list("transactions")) {
            boolean pays = Set.of("sale", "capture").contains(String.valueOf(transaction.remark("kind", 20)))
                    && "success".equals(transaction.remark("status", 20));
            if (pays && GIFT_CARD.equals(transaction.remark("gateway", 40))) {
                sum = sum.add(amounts.required(transaction, "amount"));
            }
        }
        return sum;
    }
}
