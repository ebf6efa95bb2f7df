package org.retailhub.inventory;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Drifts.Drift;
import org.retailhub.inventory.Snapshots.Counted;
import org.retailhub.inventory.Snapshots.Known;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.canonical.SnapshotLine;
import org.retailhub.inventory.domain.Cause;
import org.retailhub.inventory.domain.Entry;
import org.retailhub.inventory.domain.LedgerRow;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.Suspicion;
import org.retailhub.inventory.domain.Tolerance;
import org.retailhub.inventory.domain.Tolerance.Verdict;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Takes lines of a snapshot in: each position it names is compared with the ledger as of the snapshot's time, and the difference is passed
 * over, corrected or left to a person. Joins the caller's transaction, which also moves the snapshot's line on.
 */
public final class Counting {
    private final Snapshots snapshots;
    private final Drifts drifts;
    private final Tolerances tolerances;
    private final LedgerAt ledger;
    private final Stock stock;
    private final Ulid ids;

    Counting(Database database, Snapshots snapshots, Drifts drifts, Tolerances tolerances, Stock stock, Ulid ids) {
        this.snapshots = snapshots;
        this.drifts = drifts;
        this.tolerances = tolerances;
        this.ledger = new LedgerAt(database);
        this.stock = stock;
        this.ids = ids;
    }

    /** A line that counts, and what its position is. */
    private record Named(PositionKey position, long line, SnapshotLine.Count count) {}

    /** What a position is found to be. */
    private record Finding(Named named, Comparison comparison, BigDecimal drift, Verdict verdict) {
        Finding as(Verdict other) {
            return new Finding(named, comparison, drift, other);
        }
    }

    /**
     * @param lines in their order; not empty
     * @throws RetailException {@link RuntimeError#ROLLED_BACK} if another run took them, {@link RuntimeError#KEY_IN_DOUBT} if a position
     *     that is to be corrected is in an undecided transaction
     */
    public void take(Known snapshot, List<SnapshotLine> lines, String node) {
        boolean waits = stock.begin();
        Instant now = stock.now();
        snapshots.advance(
                snapshot.id(),
                lines.get(0).number(),
                lines.get(lines.size() - 1).number(),
                node,
                now);
        List<SnapshotLine> faulty = new ArrayList<>();
        Map<PositionKey, Named> named = named(snapshot, lines, faulty);
        Map<PositionKey, Finding> findings = compare(snapshot, named.values(), faulty);
        later(snapshot, findings, now);
        Map<PositionKey, LedgerRow> booked = correct(snapshot, findings, waits);
        report(snapshot, findings, booked, faulty, now);
    }

    /** Each position once; the line that names it again is a fault. */
    private Map<PositionKey, Named> named(Known snapshot, List<SnapshotLine> lines, List<SnapshotLine> faulty) {
        Map<PositionKey, Named> named = new LinkedHashMap<>();
        List<Named> all = new ArrayList<>();
        for (SnapshotLine line : lines) {
            if (line.count() == null) {
                faulty.add(line);
            } else {
                PositionKey key = new PositionKey(
                        snapshot.tenant(), line.count().sku(), line.count().location());
                all.add(new Named(key, line.number(), line.count()));
            }
        }
        Map<PositionKey, Long> before = all.isEmpty()
                ? Map.of()
                : snapshots.counted(
                        snapshot.id(),
                        snapshot.tenant(),
                        all.stream().map(Named::position).collect(Collectors.toSet()));
        for (Named each : all) {
            Named twin = named.get(each.position());
            Long line = twin == null ? before.get(each.position()) : Long.valueOf(twin.line());
            if (line == null) {
                named.put(each.position(), each);
            } else {
                faulty.add(fault(each, "sku", "was counted at this location in line " + line + " already"));
            }
        }
        return named;
    }

    private static SnapshotLine fault(Named named, String field, String message) {
        return new SnapshotLine(named.line(), null, List.of(new RetailException.Violation(field, message)));
    }

    private Map<PositionKey, Finding> compare(Known snapshot, Collection<Named> named, List<SnapshotLine> faulty) {
        List<Tolerance> rules = tolerances.of(snapshot.tenant());
        Map<PositionKey, Comparison> comparisons = ledger.compare(
                snapshot.tenant(),
                named.stream().map(Named::position).toList(),
                snapshot.header().takenAt());
        Map<PositionKey, Finding> findings = new LinkedHashMap<>();
        for (Named each : named) {
            Comparison comparison = comparisons.getOrDefault(each.position(), Comparison.NOTHING);
            String unit = each.count().unit();
            if (unit != null && comparison.unit() != null && !unit.equals(comparison.unit())) {
                faulty.add(fault(each, "unit", "differs: the stock is counted in " + comparison.unit()));
            } else {
                findings.put(each.position(), judge(snapshot, rules, each, comparison));
            }
        }
        return findings;
    }

    private static Finding judge(Known snapshot, List<Tolerance> rules, Named named, Comparison comparison) {
        BigDecimal drift = comparison.drift(named.count().counted());
        Verdict verdict = Tolerance.of(
                        rules,
                        snapshot.header().source(),
                        named.position().location(),
                        named.count().skuClass())
                .judge(drift, comparison.expected());
        boolean obsolete = verdict != Verdict.MATCHING && comparison.correctedSince();
        return new Finding(named, comparison, drift, obsolete ? Verdict.SUPERSEDED : verdict);
    }

    /** What the same source counted before is not waited for any more; what it counted later makes this count old. */
    private void later(Known snapshot, Map<PositionKey, Finding> findings, Instant now) {
        Map<Boolean, List<Drift>> queued = drifts.lockQueued(findings.keySet()).stream()
                .filter(each -> each.source().equals(snapshot.header().source()))
                .collect(Collectors.partitioningBy(
                        each -> each.takenAt().isAfter(snapshot.header().takenAt())));
        drifts.supersede(queued.getOrDefault(false, List.of()), now);
        queued.getOrDefault(true, List.of())
                .forEach(each -> findings.computeIfPresent(
                        each.position(),
                        (key, finding) ->
                                finding.verdict() == Verdict.MATCHING ? finding : finding.as(Verdict.SUPERSEDED)));
    }

    /** Those that the rules let be corrected, compared once more under their locks. */
    private Map<PositionKey, LedgerRow> correct(Known snapshot, Map<PositionKey, Finding> findings, boolean waits) {
        Set<PositionKey> keys = new TreeSet<>();
        findings.forEach((key, finding) -> {
            if (finding.verdict() == Verdict.CORRECTED) {
                keys.add(key);
            }
        });
        if (keys.isEmpty()) {
            return Map.of();
        }
        Stock.Hand hand = stock.take(keys, List.of(), waits);
        if (hand.isInDoubt(keys)) {
            throw new RetailException(RuntimeError.KEY_IN_DOUBT, "positions of the snapshot " + snapshot.id());
        }
        List<Tolerance> rules = tolerances.of(snapshot.tenant());
        Map<PositionKey, Comparison> again =
                ledger.compare(snapshot.tenant(), keys, snapshot.header().takenAt());
        Map<PositionKey, LedgerRow> booked = new HashMap<>();
        for (PositionKey key : keys) {
            Position position = hand.at(key);
            Finding before = findings.get(key);
            if (position == null || before == null) {
                throw new IllegalStateException("a position that was just made is not there: " + key);
            }
            Finding finding = judge(snapshot, rules, before.named(), again.getOrDefault(key, Comparison.NOTHING));
            findings.put(key, finding);
            if (finding.verdict() == Verdict.CORRECTED) {
                booked.put(
                        key,
                        hand.record(
                                position,
                                correction(
                                        position,
                                        before.named().count().unit(),
                                        finding.drift(),
                                        snapshot.id() + "/" + before.named().line(),
                                        snapshot.header().system(),
                                        snapshot.header().takenAt(),
                                        snapshot.header().source() + " "
                                                + snapshot.header().key(),
                                        "counted by " + snapshot.header().source(),
                                        snapshot.traceparent())));
            }
        }
        stock.write(hand, List.of(), "", snapshot.traceparent());
        return booked;
    }

    /** It happened, for the ledger, when it was counted: whoever compares with that time again finds no difference any more. */
    static Entry correction(
            Position position,
            @Nullable String unit,
            BigDecimal drift,
            String sourceKey,
            String system,
            Instant takenAt,
            String reference,
            String reason,
            String traceparent) {
        String own = position.unit();
        return new Entry(
                MovementKind.COUNT_CORRECTION,
                drift,
                BigDecimal.ZERO,
                !own.isEmpty() ? own : unit == null ? "EA" : unit,
                Entry.SNAPSHOTS,
                sourceKey,
                null,
                sourceKey,
                null,
                takenAt,
                reference.length() > 128 ? reference.substring(0, 128) : reference,
                reason,
                null,
                system.equals("erp"),
                traceparent);
    }

    private void report(
            Known snapshot,
            Map<PositionKey, Finding> findings,
            Map<PositionKey, LedgerRow> booked,
            List<SnapshotLine> faulty,
            Instant now) {
        Map<PositionKey, Cause> causes = causes(snapshot, findings);
        List<Counted> counted = new ArrayList<>();
        List<Drift> differences = new ArrayList<>();
        long[] tally = new long[Verdict.values().length];
        findings.forEach((key, finding) -> {
            Named named = finding.named();
            tally[finding.verdict().ordinal()]++;
            counted.add(new Counted(
                    key,
                    named.line(),
                    named.count(),
                    finding.comparison(),
                    finding.verdict().wire()));
            Cause cause = causes.get(key);
            if (cause != null) {
                differences.add(drift(snapshot, finding, cause, booked.get(key), now));
            }
        });
        drifts.add(differences);
        snapshots.add(
                snapshot.id(),
                counted,
                faulty,
                new Snapshots.Tally(
                        counted.size(),
                        faulty.size(),
                        tally[Verdict.MATCHING.ordinal()],
                        tally[Verdict.IGNORED.ordinal()],
                        tally[Verdict.CORRECTED.ordinal()],
                        tally[Verdict.QUEUED.ordinal()],
                        tally[Verdict.SUPERSEDED.ordinal()]));
    }

    /** Of what is corrected, queued or old: what is passed over needs no reason. */
    private Map<PositionKey, Cause> causes(Known snapshot, Map<PositionKey, Finding> findings) {
        Set<PositionKey> keys = new TreeSet<>();
        findings.forEach((key, finding) -> {
            if (finding.verdict() != Verdict.MATCHING && finding.verdict() != Verdict.IGNORED) {
                keys.add(key);
            }
        });
        Instant at = snapshot.header().takenAt();
        Map<PositionKey, LedgerAt.Around> around = ledger.around(snapshot.tenant(), keys, at);
        Map<PositionKey, Cause> causes = new HashMap<>();
        findings.forEach((key, finding) -> {
            if (keys.contains(key)) {
                causes.put(
                        key,
                        cause(
                                snapshot.header().system(),
                                at,
                                around.getOrDefault(key, LedgerAt.Around.NOTHING),
                                finding.comparison(),
                                finding.drift()));
            }
        });
        return causes;
    }

    static Cause cause(String system, Instant at, LedgerAt.Around around, Comparison comparison, BigDecimal drift) {
        return new Suspicion(
                        at,
                        around.movements(),
                        around.gaps(),
                        system.equals("erp") ? comparison.unknownToErp() : BigDecimal.ZERO)
                .of(drift);
    }

    private Drift drift(Known snapshot, Finding finding, Cause cause, @Nullable LedgerRow booked, Instant now) {
        Named named = finding.named();
        String unit = finding.comparison().unit();
        String counted = named.count().unit();
        return new Drift(
                ids.next(),
                named.position(),
                snapshot.id(),
                snapshot.header().source(),
                snapshot.header().system(),
                unit != null ? unit : counted != null ? counted : "EA",
                named.line(),
                snapshot.header().takenAt(),
                named.count().counted(),
                finding.drift(),
                finding.verdict().wire(),
                cause,
                now,
                null,
                null,
                null,
                booked == null ? BigDecimal.ZERO : booked.entry().onHandChange(),
                booked == null ? null : booked.number());
    }
}
