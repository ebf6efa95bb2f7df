package org.retailhub.inventory;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Drifts.Drift;
import org.retailhub.inventory.domain.Cause;
import org.retailhub.inventory.domain.LedgerRow;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;

/** What a person does about differences that wait for one; audited, in the caller's transaction. */
public final class DriftDesk {
    private final Drifts drifts;
    private final LedgerAt ledger;
    private final Stock stock;
    private final Rules rules;

    DriftDesk(Database database, Drifts drifts, Stock stock, Rules rules) {
        this.drifts = drifts;
        this.ledger = new LedgerAt(database);
        this.stock = stock;
        this.rules = rules;
    }

    /** What became of a decision. */
    public sealed interface Decided {
        /** It is decided; {@code replayed} if it was before, in the same way. */
        record Done(Drift drift, boolean replayed) implements Decided {}

        /** It was decided otherwise before. */
        record Otherwise(Drift drift) implements Decided {}

        /** What is to be corrected is not what it was when it was looked at; it waits with what it is now. */
        record Changed(Drift drift) implements Decided {}

        /** There is none. */
        record Unknown() implements Decided {}

        default <T> T fold(
                Function<Drift, T> done,
                Function<Drift, T> otherwise,
                Function<Drift, T> changed,
                Supplier<T> unknown) {
            if (this instanceof Done one) {
                return done.apply(one.drift());
            }
            if (this instanceof Otherwise one) {
                return otherwise.apply(one.drift());
            }
            return this instanceof Changed one ? changed.apply(one.drift()) : unknown.get();
        }
    }

    /** What there is to look at. @param movements of the position around the time, the newest first */
    public record Explained(Drift drift, List<LedgerRow> movements) {}

    public Explained explain(Drift drift) {
        return new Explained(
                drift,
                ledger.around(drift.position().tenant(), List.of(drift.position()), drift.takenAt())
                        .getOrDefault(drift.position(), LedgerAt.Around.NOTHING)
                        .movements());
    }

    /** Books what is counted more or less. What waits of older counts of the position is done with it. */
    public Decided accept(String actor, String tenant, String id, @Nullable String reason, String traceparent) {
        boolean waits = stock.begin();
        Optional<Drift> found =
                drifts.of(id).filter(each -> each.position().tenant().equals(tenant));
        if (found.isEmpty()) {
            return new Decided.Unknown();
        }
        PositionKey key = found.get().position();
        List<Drift> queued = drifts.lockQueued(List.of(key));
        Optional<Drift> waiting =
                queued.stream().filter(each -> each.id().equals(id)).findFirst();
        if (waiting.isEmpty()) {
            return before(id, "accepted");
        }
        Drift drift = waiting.get();
        Stock.Hand hand = stock.take(List.of(key), List.of(), waits);
        Position position = hand.at(key);
        if (position == null) {
            throw new RetailException(RuntimeError.KEY_IN_DOUBT, "the position of the difference " + id);
        }
        Comparison now = ledger.compare(tenant, List.of(key), drift.takenAt()).getOrDefault(key, Comparison.NOTHING);
        BigDecimal left = now.drift(drift.counted());
        if (left.compareTo(drift.drift()) != 0) {
            return changed(drift, now, left);
        }
        LedgerRow row = hand.record(
                position,
                Counting.correction(
                        position,
                        drift.unit(),
                        left,
                        drift.id(),
                        drift.system(),
                        drift.takenAt(),
                        drift.snapshotId(),
                        "counted by " + drift.source(),
                        traceparent));
        Instant at = stock.now();
        drifts.decide(drift, "accepted", actor, reason, left, row.number(), at);
        List<Drift> older = new ArrayList<>(queued);
        older.removeIf(each -> each.id().equals(id) || each.takenAt().isAfter(drift.takenAt()));
        drifts.supersede(older, at);
        rules.audit(actor, "drift-accepted", tenant, subject(key), plain(left) + " for " + id + text(reason));
        stock.write(hand, List.of(), "", traceparent);
        return new Decided.Done(drifts.of(id).orElseThrow(), false);
    }

    private Decided changed(Drift drift, Comparison now, BigDecimal left) {
        if (left.signum() == 0) {
            drifts.supersede(List.of(drift), stock.now());
        } else {
            Cause cause = Counting.cause(
                    drift.system(),
                    drift.takenAt(),
                    ledger.around(drift.position().tenant(), List.of(drift.position()), drift.takenAt())
                            .getOrDefault(drift.position(), LedgerAt.Around.NOTHING),
                    now,
                    left);
            drifts.compared(drift, left, cause);
        }
        return new Decided.Changed(drifts.of(drift.id()).orElseThrow());
    }

    /** Nothing is booked: the ledger is right. */
    public Decided reject(String actor, String tenant, String id, String reason) {
        stock.begin();
        Optional<Drift> found =
                drifts.of(id).filter(each -> each.position().tenant().equals(tenant));
        if (found.isEmpty()) {
            return new Decided.Unknown();
        }
        PositionKey key = found.get().position();
        Optional<Drift> waiting = drifts.lockQueued(List.of(key)).stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
        if (waiting.isEmpty()) {
            return before(id, "rejected");
        }
        drifts.decide(waiting.get(), "rejected", actor, reason, BigDecimal.ZERO, null, stock.now());
        rules.audit(
                actor,
                "drift-rejected",
                tenant,
                subject(key),
                plain(waiting.get().drift()) + " for " + id + text(reason));
        return new Decided.Done(drifts.of(id).orElseThrow(), false);
    }

    private Decided before(String id, String state) {
        Drift drift = drifts.of(id).orElseThrow();
        return drift.state().equals(state) ? new Decided.Done(drift, true) : new Decided.Otherwise(drift);
    }

    private static String subject(PositionKey key) {
        return key.location() + " " + key.sku();
    }

    private static String text(@Nullable String reason) {
        return reason == null ? "" : ": " + reason;
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
