package org.retailhub.inventory.domain;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/**
 * How much of a difference is passed over and how much is corrected without a person.
 *
 * @param source whose counts it is for; empty for all, as are the next two
 * @param ignoreUnits a difference up to it is passed over
 * @param ignorePercent or up to so much of what was expected
 * @param correctUnits above both, a difference up to it is corrected at once
 */
public record Tolerance(
        String source,
        String location,
        String skuClass,
        BigDecimal ignoreUnits,
        BigDecimal ignorePercent,
        BigDecimal correctUnits) {
    /** Where no rule is: each difference waits for a person. */
    public static final Tolerance NONE = new Tolerance("", "", "", BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Comparator<Tolerance> PARTICULAR = Comparator.comparing(
                    (Tolerance each) -> !each.source.isEmpty())
            .thenComparing(each -> !each.location.isEmpty())
            .thenComparing(each -> !each.skuClass.isEmpty());

    /** What is done about a difference. */
    public enum Verdict {
        MATCHING,
        IGNORED,
        CORRECTED,
        QUEUED,
        /** A later count of the same source is known: nothing is done about this one. */
        SUPERSEDED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The one that holds: a rule for a source before one for all, then by location, then by class. */
    public static Tolerance of(Collection<Tolerance> all, String source, String location, String skuClass) {
        return all.stream()
                .filter(each ->
                        fits(each.source, source) && fits(each.location, location) && fits(each.skuClass, skuClass))
                .max(PARTICULAR)
                .orElse(NONE);
    }

    private static boolean fits(String rule, String value) {
        return rule.isEmpty() || rule.equals(value);
    }

    /** @param drift counted less expected */
    public Verdict judge(BigDecimal drift, BigDecimal expected) {
        BigDecimal size = drift.abs();
        if (size.signum() == 0) {
            return Verdict.MATCHING;
        }
        boolean small = size.compareTo(ignoreUnits) <= 0
                || size.multiply(HUNDRED).compareTo(ignorePercent.multiply(expected.abs())) <= 0;
        if (small) {
            return Verdict.IGNORED;
        }
        return size.compareTo(correctUnits) <= 0 ? Verdict.CORRECTED : Verdict.QUEUED;
    }
}
