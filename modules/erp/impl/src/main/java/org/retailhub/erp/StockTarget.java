package org.retailhub.erp;

import java.time.Clock;
import java.time.Duration;
import org.retailhub.erp.domain.MovementAdapter;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.outside.RetryBudget;
import org.retailhub.platform.runtime.sql.Database;

/** The ERP that movements of stock are booked in, with its own circuit: what stock does to it keeps no order from it. */
public record StockTarget<F extends MovementAdapter.Facts, D>(
        MovementAdapter<F, D> adapter, CircuitBreaker circuit, KnownStockPostings postings) {
    private static final RetryBudget.Terms RETRIES = new RetryBudget.Terms(0.1, Duration.ofSeconds(1), 10);

    public static <F extends MovementAdapter.Facts, D> StockTarget<F, D> of(
            MovementAdapter<F, D> adapter, Database database, Clock clock) {
        return new StockTarget<>(
                adapter,
                new CircuitBreaker(adapter::probe, RETRIES, clock),
                new KnownStockPostings(database, adapter.target()));
    }
}
