package org.retailhub.platform.kernel;

import static org.junit.jupiter.api.Assertions.*;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelTest {
    @Test
    void gtinNeedsItsCheckDigit() {
        assertTrue(Gtin.isValid("4006381333931"));
        assertTrue(Gtin.isValid("036000291452"));
        assertTrue(Gtin.isValid("96385074"));
        assertFalse(Gtin.isValid("4006381333932"));
        assertFalse(Gtin.isValid("400638133393"));
        assertFalse(Gtin.isValid("40063813339３1"));
        assertEquals("04006381333931", new Gtin("4006381333931").normalized());
    }

    @Test
    void moneyRefusesToMixCurrencies() {
        Money euro = Money.of("1.005", "EUR");
        assertThrows(IllegalArgumentException.class, () -> euro.plus(Money.of("1", "USD")));
        assertEquals(new BigDecimal("1.01"), euro.rounded().amount());
        assertEquals(new BigDecimal("3"), Money.of("2.5", "JPY").rounded().amount());
        assertTrue(Money.of("1.0", "EUR").sameValueAs(Money.of("1.00", "EUR")));
    }

    @Test
    void ulidsAreUniqueAndSortByTime() {
        Ulid early = new Ulid(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
        Ulid late = new Ulid(Clock.fixed(Instant.parse("2026-01-01T00:00:00.001Z"), ZoneOffset.UTC));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = early.next();
            assertTrue(seen.add(id) && id.matches("[0-9A-HJKMNP-TV-Z]{26}"));
        }
        assertTrue(seen.stream().allMatch(id -> id.compareTo(late.next()) < 0));
    }

    @Test
    void derivedUlidsBelongToTimeAndKey() {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        String id = Ulid.of(time, "acme\nshop-eu\n1001");
        assertEquals(id, Ulid.of(time, "acme\nshop-eu\n1001"));
        assertTrue(id.matches("[0-9A-HJKMNP-TV-Z]{26}"));
        assertNotEquals(id, Ulid.of(time, "acme\nshop-eu\n1002"));
        assertNotEquals(id, Ulid.of(time.plusMillis(1), "acme\nshop-eu\n1001"));
        assertTrue(
                new Ulid(Clock.fixed(time.plusMillis(1), ZoneOffset.UTC)).next().compareTo(id) > 0);
    }

    @Test
    void ulidsTellTheirTime() {
        Instant time = Instant.parse("2026-11-25T16:07:08.901Z");
        assertEquals(time, Ulid.timeOf(Ulid.of(time, "acme")));
        assertTrue(Ulid.isValid(Ulid.of(time, "acme")));
        assertFalse(Ulid.isValid("1001"));
        assertFalse(Ulid.isValid("8ZZZZZZZZZZZZZZZZZZZZZZZZZ"));
        assertFalse(Ulid.isValid("01KAQ3V9Y2M4T6W8X0Z1B3C5DU"));
    }

    @Test
    void skusAreTakenAsWritten() {
        assertTrue(Sku.isValid("TSHIRT-M"));
        assertFalse(Sku.isValid(" TSHIRT-M"));
        assertFalse(Sku.isValid("a\u0000b"));
        assertFalse(Sku.isValid(""));
    }

    @Test
    void aFailureWithoutWordsHasAnEmptyDetail() {
        RetailException e = new RetailException(Code.FAILED, new IllegalStateException().getMessage());
        assertEquals("", e.detail());
        assertEquals("TST-1001", e.getMessage());
    }

    private enum Code implements ErrorCode {
        FAILED;

        @Override
        public String code() {
            return "TST-1001";
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.BUG;
        }

        @Override
        public String title() {
            return "Failed";
        }
    }
}
