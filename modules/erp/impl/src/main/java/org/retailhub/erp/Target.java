package org.retailhub.erp;

import java.time.Clock;
import org.retailhub.erp.domain.CircuitBreaker;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.platform.runtime.sql.Database;

/** One ERP with all that is its own: adapter, queue, circuit and postings. One being down stops no other. */
public record Target<F extends ErpAdapter.Facts, D>(
        ErpAdapter<F, D> adapter, String queue, CircuitBreaker circuit, KnownPostings postings) {
    public static <F extends ErpAdapter.Facts, D> Target<F, D> of(
            ErpAdapter<F, D> adapter, String queue, Database database, Clock clock) {
        return new Target<>(
                adapter,
                queue,
                new CircuitBreaker(adapter::probe, clock),
                new KnownPostings(database, adapter.target()));
    }
}
