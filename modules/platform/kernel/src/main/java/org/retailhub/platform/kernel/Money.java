package org.retailhub.platform.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Objects;

/**
 * An exact amount in one currency, never built from a binary float. The scale is the source's own; {@link #rounded} gives
 * the currency's minor unit (JPY 0, EUR 2, KWD 3), half up as the books do.
 */
public record Money(BigDecimal amount, Currency currency) {
    public Money {
        Objects.requireNonNull(amount);
        Objects.requireNonNull(currency);
    }

    /**
     * @throws NumberFormatException if the text is no number
     * @throws IllegalArgumentException if the code is not of ISO 4217
     */
    public static Money of(String amount, String currencyCode) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currencyCode));
    }

    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO.setScale(Math.max(0, currency.getDefaultFractionDigits())), currency);
    }

    /** @throws IllegalArgumentException if the currencies differ: there is no rate here to convert by */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "cannot add " + other.currency.getCurrencyCode() + " to " + currency.getCurrencyCode());
        }
        return new Money(amount.add(other.amount), currency);
    }

    public Money times(BigDecimal quantity) {
        return new Money(amount.multiply(quantity), currency);
    }

    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    /** To the currency's minor unit, half up. */
    public Money rounded() {
        return new Money(
                amount.setScale(Math.max(0, currency.getDefaultFractionDigits()), RoundingMode.HALF_UP), currency);
    }

    /** Whether both are the same value, whatever the scale they are written with. */
    public boolean sameValueAs(Money other) {
        return currency.equals(other.currency) && amount.compareTo(other.amount) == 0;
    }
}
