package org.retailhub.inventory.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.inventory.domain.Tolerance.Verdict;

class ToleranceTest {
    @Test
    void passesOverUnitsOrPercentAndCorrectsAboveThem() {
        Tolerance rule = rule("", "", "", "2", "1", "10");
        assertEquals(Verdict.MATCHING, judge(rule, "0", "100"));
        assertEquals(Verdict.IGNORED, judge(rule, "-2", "100"));
        assertEquals(Verdict.CORRECTED, judge(rule, "2.001", "100"));
        assertEquals(Verdict.IGNORED, judge(rule, "5", "-500"));
        assertEquals(Verdict.CORRECTED, judge(rule, "-10", "100"));
        assertEquals(Verdict.QUEUED, judge(rule, "10.5", "100"));
    }

    @Test
    void withoutARuleEachDifferenceWaitsForAPerson() {
        assertEquals(Verdict.QUEUED, judge(Tolerance.of(List.of(), "wms-1", "berlin-1", ""), "0.001", "1000000"));
    }

    @Test
    void theMostParticularRuleHolds() {
        List<Tolerance> rules = List.of(
                rule("", "", "", "1", "0", "0"),
                rule("", "", "A", "2", "0", "0"),
                rule("", "berlin-1", "A", "3", "0", "0"),
                rule("wms-1", "", "", "4", "0", "0"),
                rule("wms-1", "berlin-1", "", "5", "0", "0"));
        assertEquals("1", holds(rules, "pos-1", "hamburg-2", "B"));
        assertEquals("2", holds(rules, "pos-1", "hamburg-2", "A"));
        assertEquals("3", holds(rules, "pos-1", "berlin-1", "A"));
        assertEquals("4", holds(rules, "wms-1", "hamburg-2", "A"));
        assertEquals("5", holds(rules, "wms-1", "berlin-1", "A"));
    }

    private static String holds(List<Tolerance> rules, String source, String location, String skuClass) {
        return Tolerance.of(rules, source, location, skuClass).ignoreUnits().toPlainString();
    }

    private static Verdict judge(Tolerance rule, String drift, String expected) {
        return rule.judge(new BigDecimal(drift), new BigDecimal(expected));
    }

    private static Tolerance rule(
            String source, String location, String skuClass, String ignore, String percent, String correct) {
        return new Tolerance(
                source, location, skuClass, new BigDecimal(ignore), new BigDecimal(percent), new BigDecimal(correct));
    }
}
