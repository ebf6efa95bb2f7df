package org.retailhub.erp;

import java.time.Clock;
import java.time.Duration;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.outside.RetryBudget;
import org.retailhub.platform.runtime.sql.Database;

/** One ERP with all that is its own: adapter, queue, circuit and postings. One being down stops no other. */
public record Target<F extends ErpAdapter.Facts, D>(
        ErpAdapter<F, D> adapter, String queue, CircuitBreaker circuit, KnownPostings postings) {
    /** A retry is a batch: one a second, and one for ten that went well. */
    private static final RetryBudget.Terms RETRIES = new RetryBudget.Terms(0.1, Duration.ofSeconds(1), 10);

    public static <F extends ErpAdapter.Facts, D> Target<F, D> of(
            ErpAdapter<F, D> adapter, String queue, Database database, Clock clock) {
        return new Target<>(
                adapter,
                queue,
                new CircuitBreaker(adapter::probe, RETRIES, clock),
                new KnownPostings(database, adapter.target()));
    }
}
