package org.retailhub.erp.idempiere;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The price to write so that the ERP's amount of a line, quantity × price rounded half up to its own precision, equals ours.
 *
 * <p>A price of zero would make the import take the price list's instead: a gift gets a price that rounds to nothing.
 */
final class ExactPrice {
    private static final int MOST_DECIMALS = 12;

    private ExactPrice() {}

    /**
     * @param amount ours, rounded to the currency's minor unit
     * @param precision decimals that the ERP rounds an amount to
     * @return empty if no price gives the amount
     */
    static Optional<BigDecimal> of(BigDecimal quantity, BigDecimal price, BigDecimal amount, int precision) {
        if (price.signum() != 0 && gives(quantity, price, amount, precision)) {
            return Optional.of(price);
        }
        BigDecimal other = amount.signum() == 0
                ? BigDecimal.ONE.movePointLeft(precision + 1 + quantity.precision())
                : amount.divide(quantity, MOST_DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return gives(quantity, other, amount, precision) ? Optional.of(other) : Optional.empty();
    }

    private static boolean gives(BigDecimal quantity, BigDecimal price, BigDecimal amount, int precision) {
        return quantity.multiply(price)
                        .setScale(precision, RoundingMode.HALF_UP)
                        .compareTo(amount)
                == 0;
    }
}
