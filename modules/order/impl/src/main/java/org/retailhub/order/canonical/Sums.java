package org.retailhub.order.canonical;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Whether the totals are what lines, charges and taxes add up to, to the cent. */
final class Sums {
    private final Faults faults;
    private final int decimals;

    Sums(Faults faults, int decimals) {
        this.faults = faults;
        this.decimals = decimals;
    }

    void compare(List<OrderDocument.Line> lines, List<OrderDocument.Charge> charges, OrderDocument.Totals totals) {
        BigDecimal goods = BigDecimal.ZERO;
        BigDecimal tax = totals.shippingTax();
        for (OrderDocument.Line line : lines) {
            goods = goods.add(amount(line, decimals));
            tax = tax.add(line.tax());
        }
        BigDecimal charged = BigDecimal.ZERO;
        for (OrderDocument.Charge charge : charges) {
            charged = charged.add(charge.amount());
            tax = tax.add(charge.tax());
        }
        compare("goods", totals.goods(), goods, "the lines");
        compare("charges", totals.charges(), charged, "the charges");
        compare("tax", totals.tax(), tax, "the taxes of lines, charges and shipping");
        BigDecimal grand =
                totals.goods().add(totals.shipping()).add(totals.charges()).add(totals.tax());
        compare("grand", totals.grand(), grand, "goods, shipping, charges and tax");
    }

    private void compare(String field, BigDecimal stated, BigDecimal sum, String of) {
        if (stated.compareTo(sum) != 0) {
            faults.add(
                    "totals.",
                    field,
                    "is " + stated.toPlainString() + ", but " + of + " add up to "
                            + sum.setScale(decimals).toPlainString());
        }
    }

    /** Quantity × price, rounded half up to the minor unit as the ERP does it, less the discounts. */
    static BigDecimal amount(OrderDocument.Line line, int decimals) {
        BigDecimal amount = line.quantity().multiply(line.unitPrice()).setScale(decimals, RoundingMode.HALF_UP);
        for (OrderDocument.Discount discount : line.discounts()) {
            amount = amount.subtract(discount.amount());
        }
        return amount;
    }
}
