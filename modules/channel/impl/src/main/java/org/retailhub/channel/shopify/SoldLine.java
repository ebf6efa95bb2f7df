package org.retailhub.channel.shopify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.CanonicalOrder;

/**
 * A line of goods as the shop states it: unit price and discounts before or with tax, as the order has it.
 *
 * @param path for faults
 */
record SoldLine(
        String path,
        String lineId,
        String sku,
        @Nullable String name,
        int quantity,
        BigDecimal unitPrice,
        List<Discount> discounts,
        BigDecimal tax) {
    private static final int PRICE_DECIMALS = 4;

    record Discount(BigDecimal amount, String reason) {}

    /** Units that were taken off again before they were delivered, with their share of the money. */
    record Removed(int quantity, BigDecimal amount, BigDecimal tax) {
        Removed plus(Removed other) {
            return new Removed(quantity + other.quantity, amount.add(other.amount), tax.add(other.tax));
        }
    }

    BigDecimal gross(int decimals) {
        return unitPrice.multiply(BigDecimal.valueOf(quantity)).setScale(decimals, RoundingMode.HALF_UP);
    }

    BigDecimal discounted() {
        return discounts.stream().map(Discount::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What is left of it, or null if nothing is. */
    @Nullable
    SoldLine without(Removed removed, int decimals) {
        int left = quantity - removed.quantity();
        if (left < 0) {
            throw Fault.wrong(path + ".quantity", "is less than what was taken off");
        }
        if (left == 0) {
            return null;
        }
        BigDecimal off = unitPrice
                .multiply(BigDecimal.valueOf(removed.quantity()))
                .setScale(decimals, RoundingMode.HALF_UP)
                .subtract(removed.amount());
        BigDecimal before = discounted();
        BigDecimal after = before.subtract(off);
        BigDecimal taxLeft = tax.subtract(removed.tax());
        if (off.signum() < 0 || after.signum() < 0 || taxLeft.signum() < 0) {
            throw Fault.inexact(path, "what was taken off is more than its share");
        }
        return new SoldLine(path, lineId, sku, name, left, unitPrice, share(after, before, decimals), taxLeft);
    }

    /** The discounts in the same proportions, with another sum; exact to the minor unit. */
    private List<Discount> share(BigDecimal sum, BigDecimal before, int decimals) {
        List<Discount> shares = new ArrayList<>(discounts.size());
        BigDecimal given = BigDecimal.ZERO;
        BigDecimal asked = BigDecimal.ZERO;
        for (Discount discount : discounts) {
            asked = asked.add(discount.amount());
            BigDecimal upTo = before.signum() == 0
                    ? BigDecimal.ZERO
                    : asked.multiply(sum).divide(before, decimals, RoundingMode.HALF_UP);
            shares.add(new Discount(upTo.subtract(given), discount.reason()));
            given = upTo;
        }
        return shares;
    }

    /** Net of tax, to the minor unit: its amount is price × quantity less discounts, less the tax if that is inside. */
    CanonicalOrder.Line net(boolean taxIncluded, int decimals) {
        BigDecimal gross = gross(decimals);
        BigDecimal off = discounted();
        if (off.compareTo(gross) > 0) {
            throw Fault.wrong(path + ".discount_allocations", "are more than the line's price");
        }
        if (!taxIncluded || tax.signum() == 0) {
            return line(unitPrice, discounts);
        }
        BigDecimal paid = gross.subtract(off);
        BigDecimal net = paid.subtract(tax);
        if (net.signum() < 0) {
            throw Fault.wrong(path + ".tax_lines", "are more than the price that includes them");
        }
        // The discount shrinks as the paid price does; where nothing was paid there is no tax either.
        List<Discount> netDiscounts =
                new ArrayList<>(share(off.multiply(net).divide(paid, decimals, RoundingMode.HALF_UP), off, decimals));
        BigDecimal before = netDiscounts.stream().map(Discount::amount).reduce(net, BigDecimal::add);
        BigDecimal count = BigDecimal.valueOf(quantity);
        BigDecimal price = before.divide(count, PRICE_DECIMALS, RoundingMode.HALF_UP);
        if (price.multiply(count).setScale(decimals, RoundingMode.HALF_UP).compareTo(before) != 0) {
            // Very many pieces: four decimals do not reach the cent. Up, and the difference off again.
            price = before.divide(count, PRICE_DECIMALS, RoundingMode.UP);
            BigDecimal over = price.multiply(count)
                    .setScale(decimals, RoundingMode.HALF_UP)
                    .subtract(before);
            netDiscounts.add(new Discount(over, "rounding of the net price"));
        }
        return line(price, netDiscounts);
    }

    private CanonicalOrder.Line line(BigDecimal price, List<Discount> off) {
        return new CanonicalOrder.Line(
                lineId,
                sku,
                null,
                name,
                BigDecimal.valueOf(quantity),
                price.stripTrailingZeros(),
                tax,
                off.stream()
                        .filter(each -> each.amount().signum() > 0)
                        .map(each -> new CanonicalOrder.Discount(each.amount(), each.reason()))
                        .toList());
    }
}
