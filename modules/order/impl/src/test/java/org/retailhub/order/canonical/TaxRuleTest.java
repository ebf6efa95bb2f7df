package org.retailhub.order.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

class TaxRuleTest {
    private static TaxRule.Table table(String rules) {
        return StrictJson.read(("{\"rules\":[" + rules + "]}").getBytes(StandardCharsets.UTF_8), WireTaxRules.class)
                .checked(7);
    }

    private static String of(TaxRule.Table table, String country, String region, String entity, boolean facilitator) {
        return table.of(new TaxRule.Sale(country, region, entity, facilitator))
                .map(TaxRule::id)
                .orElse("none");
    }

    @Test
    void firstRuleThatFitsDecides() {
        TaxRule.Table table = table("""
                {"id":"marketplace","facilitator":true,"collectedBy":"marketplace"},
                {"id":"canaries","country":"ES","region":"CN","taxCode":"ES-0"},
                {"id":"own-spain","country":"ES","legalEntity":"ACME-ES","taxCode":"ES-21"},
                {"id":"rest"}""");

        assertEquals("marketplace", of(table, "ES", "CN", "ACME-ES", true));
        assertEquals("canaries", of(table, "ES", "cn", "ACME-ES", false));
        assertEquals("own-spain", of(table, "ES", null, "ACME-ES", false));
        assertEquals("rest", of(table, "ES", null, null, false));
        assertEquals("rest", of(table, null, null, null, false));
        assertEquals("none", of(table(""), "ES", null, null, false));
    }

    @Test
    void namesEachFault() {
        RetailException refused = assertThrows(
                RetailException.class,
                () -> table(
                        "{\"id\":\"a\",\"country\":\"Spain\"},{\"id\":\"a\",\"collectedBy\":\"nobody\"},{\"country\":\"es\"}"));

        assertEquals(OrderError.INVALID_TAX_RULES, refused.code());
        assertEquals(
                List.of("rules[0].country", "rules[1].id", "rules[1].collectedBy", "rules[2].id", "rules[2].country"),
                refused.violations().stream()
                        .map(RetailException.Violation::field)
                        .toList());
    }

    @Test
    void isReadAsItWasWritten() {
        TaxRule.Table table = table("{\"id\":\"de\",\"country\":\"DE\",\"taxCode\":\"DE-19\"}");
        assertEquals(table, WireTaxRules.read(WireTaxRules.write(table), 7));
    }
}
