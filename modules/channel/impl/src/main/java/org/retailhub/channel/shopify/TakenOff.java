package org.retailhub.channel.shopify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.RefundMade;

/**
 * Units that left an order before they were delivered: restocked as cancelled, taken out by an edit (a refund that moves no money), or
 * paid back without restocking while they were not on their way. What was delivered stays, whatever was paid back for it.
 */
final class TakenOff {
    /** States of a fulfillment that delivers nothing. */
    private static final Set<String> IN_VAIN = Set.of("cancelled", "error", "failure");

    private final Node order;
    private final Amounts amounts;
    private final Map<String, List<Entry>> entries = new HashMap<>();

    /** A refund's line. @param isEdit no money went with it */
    private record Entry(RefundMade.Restock restock, boolean isEdit, int quantity, BigDecimal amount, BigDecimal tax) {
        SoldLine.Removed first(int units, int decimals) {
            if (units == quantity) {
                return new SoldLine.Removed(units, amount, tax);
            }
            return new SoldLine.Removed(units, share(amount, units, decimals), share(tax, units, decimals));
        }

        private BigDecimal share(BigDecimal whole, int units, int decimals) {
            return whole.multiply(BigDecimal.valueOf(units))
                    .divide(BigDecimal.valueOf(quantity), decimals, RoundingMode.HALF_UP);
        }
    }

    private TakenOff(Node order, Amounts amounts) {
        this.order = order;
        this.amounts = amounts;
        for (Node refund : order.list("refunds")) {
            boolean isEdit = refund.list("transactions").isEmpty();
            for (Node line : refund.list("refund_line_items")) {
                entries.computeIfAbsent(RefundTranslation.lineId(line), id -> new ArrayList<>())
                        .add(new Entry(
                                RefundTranslation.restock(line),
                                isEdit,
                                line.quantity("quantity"),
                                amounts.required(line, "subtotal"),
                                amounts.required(line, "total_tax")));
            }
        }
    }

    /** By line, with their share of the money. @throws Fault naming the field */
    static Map<String, SoldLine.Removed> of(Node order, Amounts amounts) {
        TakenOff takenOff = new TakenOff(order, amounts);
        Map<String, SoldLine.Removed> removed = new HashMap<>();
        for (Node item : order.list("line_items")) {
            String lineId = item.ownId();
            SoldLine.Removed off = takenOff.of(item, takenOff.entries.getOrDefault(lineId, List.of()));
            if (off != null) {
                removed.put(lineId, off);
            }
        }
        return removed;
    }

    private SoldLine.@Nullable Removed of(Node item, List<Entry> refunded) {
        checkQuantity(item, refunded);
        SoldLine.@Nullable Removed off = null;
        List<Entry> open = new ArrayList<>();
        for (Entry entry : refunded) {
            if (entry.restock() == RefundMade.Restock.CANCEL) {
                off = plus(off, entry.first(entry.quantity(), amounts.decimals()));
            } else if (entry.restock() == RefundMade.Restock.NONE && entry.quantity() > 0) {
                open.add(entry);
            }
        }
        if (open.isEmpty()) {
            return off;
        }
        int notDelivered = item.quantity("quantity") - delivered(item) - (off == null ? 0 : off.quantity());
        for (Entry entry : open) {
            if (entry.isEdit() && notDelivered > 0) {
                int units = Math.min(entry.quantity(), notDelivered);
                off = plus(off, entry.first(units, amounts.decimals()));
                notDelivered -= units;
            }
        }
        // Of what is not delivered, what the shop will not deliver any more.
        int given = item.says("fulfillable_quantity") ? notDelivered - item.quantity("fulfillable_quantity") : 0;
        for (Entry entry : open) {
            if (!entry.isEdit() && given > 0) {
                int units = Math.min(entry.quantity(), given);
                off = plus(off, entry.first(units, amounts.decimals()));
                given -= units;
            }
        }
        return off;
    }

    private static SoldLine.Removed plus(SoldLine.@Nullable Removed one, SoldLine.Removed other) {
        return one == null ? other : one.plus(other);
    }

    /** What the shop took out must be told by its refunds, or it would be delivered. */
    private void checkQuantity(Node item, List<Entry> refunded) {
        if (!item.says("current_quantity")) {
            return;
        }
        int left = item.quantity("quantity")
                - refunded.stream().mapToInt(Entry::quantity).sum();
        if (item.quantity("current_quantity") < left) {
            order.requirePresent("refunds");
            throw Fault.inexact(item.pathOf("current_quantity"), "is less than the refunds tell of");
        }
    }

    private int delivered(Node item) {
        int quantity = item.quantity("quantity");
        String status = item.remark("fulfillment_status", 40);
        if ("fulfilled".equals(status)) {
            return quantity;
        }
        int delivered = 0;
        String lineId = item.ownId();
        for (Node fulfillment : order.list("fulfillments")) {
            if (IN_VAIN.contains(String.valueOf(fulfillment.remark("status", 40)))) {
                continue;
            }
            for (Node line : fulfillment.list("line_items")) {
                if (lineId.equals(line.ownIdOrNull())) {
                    delivered += line.quantity("quantity");
                }
            }
        }
        // A part, and nothing says which: none of it was taken off for sure.
        return delivered == 0 && "partial".equals(status) ? quantity : Math.min(delivered, quantity);
    }
}
