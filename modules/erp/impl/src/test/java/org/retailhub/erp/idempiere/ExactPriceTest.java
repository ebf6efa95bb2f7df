package org.retailhub.erp.idempiere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Quantity × price, rounded as the ERP does it, is our amount. */
class ExactPriceTest {
    @Test
    void keepsThePriceWhereItGivesTheAmount() {
        assertEquals(new BigDecimal("12.30"), price("2", "12.30", "24.60", 2));
    }

    @Test
    void givesAFreeLineAPriceThatRoundsToNothing() {
        BigDecimal price = price("100000", "0", "0.00", 2);
        assertTrue(price.signum() > 0);
    }

    @Test
    void findsAPriceWhereTheErpRoundsToMoreDecimals() {
        assertEquals(0, new BigDecimal("333.333333333333").compareTo(price("3", "333.3333", "1000", 4)));
    }

    @Test
    void findsNoneWhereTheErpRoundsToLess() {
        assertTrue(ExactPrice.of(BigDecimal.ONE, new BigDecimal("12.30"), new BigDecimal("12.30"), 0)
                .isEmpty());
    }

    @Test
    void givesTheAmountForAnyLine() {
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal quantity = BigDecimal.valueOf(1 + random.nextInt(i % 2 == 0 ? 20 : 50_000), random.nextInt(3));
            BigDecimal unit = BigDecimal.valueOf(random.nextInt(2_000_000), random.nextInt(5));
            int minor = i % 3 == 0 ? 0 : 2;
            int precision = minor + random.nextInt(2) * 2;
            BigDecimal amount = quantity.multiply(unit).setScale(minor, RoundingMode.HALF_UP);
            BigDecimal price = ExactPrice.of(quantity, unit, amount, precision).orElseThrow();
            BigDecimal theirs = quantity.multiply(price).setScale(precision, RoundingMode.HALF_UP);
            assertEquals(0, amount.compareTo(theirs), () -> quantity + " × " + unit + " at " + price);
            assertTrue(price.signum() != 0);
        }
    }

    private static BigDecimal price(String quantity, String unit, String amount, int precision) {
        return ExactPrice.of(new BigDecimal(quantity), new BigDecimal(unit), new BigDecimal(amount), precision)
                .orElseThrow();
    }
}
