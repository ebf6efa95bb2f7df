package org.retailhub.inventory.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a channel may show. */
class ChannelRuleTest {
    @Test
    void keepsBackABufferThenCapsThenShowsNothingOfTooFew() {
        ChannelRule rule = rule("2", "50", "3");
        assertEquals("50", shown(rule, "100"));
        assertEquals("8", shown(rule, "10"));
        assertEquals("3", shown(rule, "5"));
        assertEquals("0", shown(rule, "4"));
        assertEquals("0", shown(rule, "-7"));
    }

    @Test
    void withoutARuleShowsAllThereIs() {
        assertEquals("7", shown(ChannelRule.NONE, "7"));
        assertEquals("0", shown(ChannelRule.NONE, "-7"));
    }

    @Test
    void sellsFromItsPoolOnly() {
        assertEquals(true, ChannelRule.NONE.sellsFrom("berlin-1"));
        ChannelRule pool = new ChannelRule(1, BigDecimal.ZERO, null, BigDecimal.ZERO, Set.of("berlin-1"));
        assertEquals(true, pool.sellsFrom("berlin-1"));
        assertEquals(false, pool.sellsFrom("hamburg-2"));
    }

    private static ChannelRule rule(String buffer, String cap, String minimum) {
        return new ChannelRule(1, new BigDecimal(buffer), new BigDecimal(cap), new BigDecimal(minimum), Set.of());
    }

    private static String shown(ChannelRule rule, String available) {
        return rule.shown(new BigDecimal(available)).toPlainString();
    }
}
