package org.retailhub.trade;

import java.math.BigDecimal;

/**
 * An order in the ERP's books, or as it should be there.
 *
 * @param money sum of the lines, net of tax
 * @param country of the address that the goods go to; empty if none is known
 */
public record Booked(int documents, int lines, BigDecimal money, String currency, String country) {
    /** What the ERP must make of an order: a line for each line, discount, charge, and for shipping unless it is free. */
    public static Booked expected(SalesOrder order) {
        int lines = order.lines().size() + order.charges().size();
        BigDecimal money = order.shipping();
        if (order.shipping().signum() != 0) {
            lines++;
        }
        for (SalesOrder.Line line : order.lines()) {
            money = money.add(order.gross(line)).subtract(line.discount());
            if (line.discount().signum() != 0) {
                lines++;
            }
        }
        for (SalesOrder.Charge charge : order.charges()) {
            money = money.add(charge.amount());
        }
        return new Booked(
                1,
                lines,
                money,
                order.currency(),
                order.shipTo() == null ? "" : order.shipTo().country());
    }

    /** Documents, lines, money and currency; where the goods go is the ERP's own knowledge of its partners. */
    public boolean sameAs(Booked other) {
        return documents == other.documents
                && lines == other.lines
                && money.compareTo(other.money) == 0
                && currency.equals(other.currency);
    }

    @Override
    public String toString() {
        return documents + " document(s), " + lines + " lines, " + money.toPlainString() + " " + currency;
    }
}
