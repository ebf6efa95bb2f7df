package org.retailhub.inventory.domain;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.MovementKind;

/**
 * What is known near a difference, and which event it points to. Names one only if exactly one fits; certain signs (an event under two names,
 * a gap) go before mere equality of quantities. Pure.
 *
 * @param takenAt as of when the count is
 * @param movements of the position around that time, whatever their order
 * @param gaps in the numbers of feeds that tell of the position
 * @param unknownToErp what was sold and not told to the ERP, if the count is the ERP's; else 0
 */
public record Suspicion(Instant takenAt, List<LedgerRow> movements, List<Gap> gaps, BigDecimal unknownToErp) {
    private static final Duration TWINS_WITHIN = Duration.ofMinutes(10);

    /** Numbers of a feed that have not come. */
    public record Gap(String feed, long first, long last) {}

    /** @param drift counted less expected; not 0 */
    public Cause of(BigDecimal drift) {
        return doubled(drift)
                .or(() -> erp(drift))
                .or(() -> gap())
                .or(() -> one(
                        drift,
                        row -> counts(row) && is(row, drift.negate()),
                        Cause.Kind.UNKNOWN_TO_SOURCE,
                        "the source does not have "))
                .or(() -> one(
                        drift,
                        row -> !counts(row) && is(row, drift),
                        Cause.Kind.AFTER_THE_COUNT,
                        "the count has in it, though it happened later, "))
                .or(() -> one(
                        drift,
                        row -> counts(row) && is(row, drift),
                        Cause.Kind.DOUBLED_AT_SOURCE,
                        "the source has twice "))
                .orElseGet(() -> new Cause(
                        Cause.Kind.UNEXPLAINED, "no event known here explains it", null, null, null, List.of()));
    }

    private Optional<Cause> doubled(BigDecimal drift) {
        List<LedgerRow> same = movements.stream()
                .filter(row -> counts(row) && is(row, drift.negate()))
                .sorted(Comparator.comparingLong(LedgerRow::number))
                .toList();
        List<List<LedgerRow>> pairs = new ArrayList<>();
        for (int later = 1; later < same.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                if (areTwins(same.get(earlier), same.get(later))) {
                    pairs.add(List.of(same.get(earlier), same.get(later)));
                }
            }
        }
        if (pairs.size() != 1) {
            return Optional.empty();
        }
        LedgerRow first = pairs.get(0).get(0);
        LedgerRow second = pairs.get(0).get(1);
        boolean sold = isConsumption(first) != isConsumption(second);
        return Optional.of(new Cause(
                sold ? Cause.Kind.CONSUMED_AND_SOLD : Cause.Kind.DOUBLED,
                name(second) + " is " + name(first) + " once more",
                second.entry().feed(),
                second.entry().sourceSequence(),
                second.entry().sourceSequence(),
                List.of(first.number(), second.number())));
    }

    private static boolean areTwins(LedgerRow one, LedgerRow other) {
        boolean alike = one.entry().kind() == other.entry().kind()
                || isConsumption(one) && other.entry().kind() == MovementKind.SALE
                || isConsumption(other) && one.entry().kind() == MovementKind.SALE;
        boolean linesOfOne = one.entry().feed().equals(other.entry().feed())
                && equal(one.entry().document(), other.entry().document())
                && differ(one.entry().line(), other.entry().line());
        if (!alike || linesOfOne) {
            return false;
        }
        if (equal(one.entry().reference(), other.entry().reference())
                || equal(one.entry().document(), other.entry().document())) {
            return true;
        }
        boolean contradict = differ(one.entry().reference(), other.entry().reference())
                || differ(one.entry().document(), other.entry().document());
        return !contradict
                && Duration.between(one.entry().occurredAt(), other.entry().occurredAt())
                                .abs()
                                .compareTo(TWINS_WITHIN)
                        <= 0;
    }

    private static boolean isConsumption(LedgerRow row) {
        return row.entry().kind() == MovementKind.CONSUMPTION;
    }

    private static boolean equal(@Nullable String one, @Nullable String other) {
        return one != null && one.equals(other);
    }

    private static boolean differ(@Nullable String one, @Nullable String other) {
        return one != null && other != null && !one.equals(other);
    }

    private Optional<Cause> erp(BigDecimal drift) {
        if (unknownToErp.signum() == 0 || drift.compareTo(unknownToErp) != 0) {
            return Optional.empty();
        }
        return Optional.of(new Cause(
                Cause.Kind.UNKNOWN_TO_ERP,
                "the ERP has not been told of " + plain(unknownToErp) + " that were sold",
                null,
                null,
                null,
                List.of()));
    }

    private Optional<Cause> gap() {
        if (gaps.size() != 1) {
            return Optional.empty();
        }
        Gap gap = gaps.get(0);
        return Optional.of(new Cause(
                Cause.Kind.MISSING,
                (gap.first() == gap.last()
                                ? "number " + gap.first() + " of the feed "
                                : "numbers " + gap.first() + " to " + gap.last() + " of the feed ")
                        + gap.feed() + " did not come",
                gap.feed(),
                gap.first(),
                gap.last(),
                List.of()));
    }

    private Optional<Cause> one(BigDecimal drift, Predicate<LedgerRow> fits, Cause.Kind kind, String text) {
        List<LedgerRow> found = movements.stream().filter(fits).toList();
        if (found.size() != 1) {
            return Optional.empty();
        }
        LedgerRow row = found.get(0);
        return Optional.of(new Cause(
                kind,
                text + name(row),
                row.entry().feed(),
                row.entry().sourceSequence(),
                row.entry().sourceSequence(),
                List.of(row.number())));
    }

    /** Whether it had happened by then. */
    private boolean counts(LedgerRow row) {
        return !row.entry().occurredAt().isAfter(takenAt);
    }

    private static boolean is(LedgerRow row, BigDecimal change) {
        return row.entry().onHandChange().compareTo(change) == 0;
    }

    private static String name(LedgerRow row) {
        Entry entry = row.entry();
        String told = entry.sourceSequence() != null
                ? ", number " + entry.sourceSequence() + " of the feed " + entry.feed()
                : entry.document() != null ? ", " + entry.document() + " of the feed " + entry.feed() : "";
        return "movement " + row.number() + " (" + entry.kind().wire() + " " + plain(entry.onHandChange()) + told + ")";
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
