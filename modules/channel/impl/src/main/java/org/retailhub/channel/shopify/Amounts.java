package org.retailhub.channel.shopify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * Reads amounts in the shop's currency, exactly. Beside each plain field there may be a {@code …_set} with the shop's money and what the
 * buyer saw: the shop's is booked, and its currency has to be the order's.
 */
record Amounts(String currency, int decimals) {
    private static final int MOST_INTEGER_DIGITS = 12;
    private static final int PRICE_DECIMALS = 4;

    /** @param field where the currency is named, for the fault */
    static Amounts in(String currency, String field) {
        int decimals;
        try {
            decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            decimals = -1;
        }
        if (decimals < 0) {
            throw Fault.wrong(field, "must be a currency of ISO 4217");
        }
        return new Amounts(currency, decimals);
    }

    BigDecimal zero() {
        return BigDecimal.ZERO.setScale(decimals);
    }

    BigDecimal required(Node parent, String field) {
        BigDecimal amount = orNull(parent, field);
        if (amount == null) {
            throw Fault.missing(parent.pathOf(field));
        }
        return amount;
    }

    BigDecimal orZero(Node parent, String field) {
        BigDecimal amount = orNull(parent, field);
        return amount == null ? zero() : amount;
    }

    /** Null if neither the field nor its set is there. */
    @Nullable
    BigDecimal orNull(Node parent, String field) {
        BigDecimal value = value(parent, field);
        return value == null ? null : scaled(value, decimals, parent.pathOf(field), "");
    }

    /** The same, where the channel's sign says who gets the money. */
    @Nullable
    BigDecimal signedOrNull(Node parent, String field) {
        BigDecimal value = value(parent, field);
        if (value == null) {
            return null;
        }
        BigDecimal size = scaled(value.abs(), decimals, parent.pathOf(field), "");
        return value.signum() < 0 ? size.negate() : size;
    }

    /** A price per piece may have more decimals than the currency. */
    BigDecimal unitPrice(Node parent, String field) {
        BigDecimal value = value(parent, field);
        if (value == null) {
            throw Fault.missing(parent.pathOf(field));
        }
        return scaled(value, Math.max(decimals, PRICE_DECIMALS), parent.pathOf(field), " for a price");
    }

    private @Nullable BigDecimal value(Node parent, String field) {
        BigDecimal plain = parent.decimal(field);
        Node set = parent.object(field + "_set");
        BigDecimal shop = shopMoney(set);
        if (plain != null && shop != null && plain.compareTo(shop) != 0 && !isSeenByBuyer(set, plain)) {
            throw Fault.wrong(parent.pathOf(field), "differs from the shop's money beside it");
        }
        return shop == null ? plain : shop;
    }

    /** In some documents the plain field is what the buyer saw, in the buyer's currency. */
    private boolean isSeenByBuyer(@Nullable Node set, BigDecimal plain) {
        Node seen = set == null ? null : set.object("presentment_money");
        if (seen == null || currency.equals(seen.text("currency_code", 3))) {
            return false;
        }
        BigDecimal amount = seen.decimal("amount");
        return amount != null && amount.compareTo(plain) == 0;
    }

    /** Of a set that stands alone; null if it or its shop money is not there. */
    @Nullable
    BigDecimal shopMoneyOrNull(Node parent, String set) {
        BigDecimal value = shopMoney(parent.object(set));
        return value == null ? null : scaled(value, decimals, parent.pathOf(set), "");
    }

    private @Nullable BigDecimal shopMoney(@Nullable Node set) {
        Node money = set == null ? null : set.object("shop_money");
        return money == null ? null : money(money);
    }

    /** {@code {"amount": …, "currency_code": …}} */
    @Nullable
    BigDecimal moneyOrNull(Node parent, String field) {
        Node money = parent.object(field);
        return money == null ? null : scaled(money(money), decimals, money.pathOf("amount"), "");
    }

    private BigDecimal money(Node money) {
        String code = money.text("currency_code", 3);
        if (code != null && !code.equals(currency)) {
            throw Fault.currency(money.pathOf("currency_code"), "is " + code + " in a document of " + currency);
        }
        BigDecimal amount = money.decimal("amount");
        if (amount == null) {
            throw Fault.missing(money.pathOf("amount"));
        }
        return amount;
    }

    private static BigDecimal scaled(BigDecimal value, int most, String field, String what) {
        if (value.signum() < 0) {
            throw Fault.wrong(field, "must not be negative");
        }
        if (value.precision() - value.scale() > MOST_INTEGER_DIGITS) {
            throw Fault.wrong(field, "has more than " + MOST_INTEGER_DIGITS + " digits before the point");
        }
        try {
            return value.setScale(most, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw Fault.wrong(field, "has more decimals than the currency" + what);
        }
    }

    /** Sum of the prices of an element's {@code tax_lines}. */
    BigDecimal taxOf(Node parent) {
        BigDecimal sum = zero();
        for (Node tax : parent.list("tax_lines")) {
            sum = sum.add(required(tax, "price"));
        }
        return sum;
    }

    /** That part of it which the channel itself hands to the authorities. */
    BigDecimal taxPaidByChannel(Node parent) {
        BigDecimal sum = zero();
        for (Node tax : parent.list("tax_lines")) {
            if (tax.flag("channel_liable")) {
                sum = sum.add(required(tax, "price"));
            }
        }
        return sum;
    }
}
