package org.retailhub.trade.uci;

import java.math.BigDecimal;
import java.util.Locale;

/** What a line of the files is. Each line is one of these; none is dropped. */
enum LineClass {
    /** Goods of a sale: a line of its order, and stock that left. */
    SOLD,
    /** No goods, on a sale: a charge of its order. */
    CHARGED,
    /** Goods of a cancellation invoice: stock that came back. */
    RETURNED,
    /** No goods, on a cancellation invoice: a discount given later, postage or fees paid back. Finance's, nothing moves. */
    CREDITED,
    /** Goods found, lost or broken: a price of zero on an invoice that sells nothing. */
    CORRECTED,
    /** No goods and no money. */
    WITHOUT_EFFECT,
    /** A debt that nobody will pay. Finance's, nothing moves. */
    BAD_DEBT;

    static LineClass of(Invoice invoice, Invoice.Item item) {
        boolean goods = InvoiceOrders.isGoods(item.code());
        if (invoice.number().startsWith("A")) {
            return BAD_DEBT;
        }
        if (invoice.number().startsWith("C")) {
            return goods ? RETURNED : CREDITED;
        }
        if (invoice.isSale()) {
            return goods ? SOLD : CHARGED;
        }
        if (item.price().signum() != 0) {
            throw new IllegalArgumentException("invoice " + invoice.number()
                    + " sells and takes back at once: no class for its line of " + item.code());
        }
        return goods ? CORRECTED : WITHOUT_EFFECT;
    }

    /** By how much the stock changes with a line of this class. */
    BigDecimal moves(Invoice.Item item) {
        BigDecimal quantity = BigDecimal.valueOf(item.quantity());
        return switch (this) {
            case SOLD, RETURNED -> quantity.negate();
            case CORRECTED -> quantity;
            case CHARGED, CREDITED, WITHOUT_EFFECT, BAD_DEBT -> BigDecimal.ZERO;
        };
    }

    /** The kind of movement in the hub's ledger; empty if nothing moves. */
    String movement() {
        return switch (this) {
            case SOLD -> "sale";
            case RETURNED -> "return";
            case CORRECTED -> "adjustment";
            case CHARGED, CREDITED, WITHOUT_EFFECT, BAD_DEBT -> "";
        };
    }

    /** As the independent script has it. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
