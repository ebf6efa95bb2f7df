package org.retailhub.erp;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.platform.kernel.RetailException;
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

    /**
     * Asks the ERP what is not part of a drain's work. An ERP that is known to be away is left alone, and what comes of asking is told to
     * its circuit. Outside any transaction.
     *
     * @throws RetailException {@link ErpError#ERP_DOWN}
     */
    public <T> T ask(Function<ErpAdapter<F, D>, T> question) {
        if (!circuit.mayPass()) {
            String reason = circuit.state().reason();
            throw new RetailException(
                    ErpError.ERP_DOWN,
                    adapter.target() + " is left alone for a while" + (reason == null ? "" : ": " + reason));
        }
        try {
            T answer = question.apply(adapter);
            circuit.succeeded();
            return answer;
        } catch (RetailException e) {
            if (e.code() == ErpError.ERP_DOWN) {
                circuit.failed(e);
            }
            throw e;
        }
    }
}
