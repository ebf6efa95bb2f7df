package org.retailhub.simulator.erp;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs the imports again and again, resting {@code interval} between two runs, on a thread of its own. A run that fails is
 * reported and tried again after the rest.
 */
public final class ImportSchedule implements AutoCloseable {
    /** What a run of both imports did. */
    public record Runs(ImportRun orders, ImportRun stock) {
        static final Runs NOTHING = new Runs(ImportRun.NOTHING, ImportRun.NOTHING);

        Runs plus(Runs other) {
            return new Runs(orders.plus(other.orders), stock.plus(other.stock));
        }
    }

    private final OrderImport orders;
    private final InventoryImport stock;
    private final AtomicReference<ImportConditions> conditions;
    private final Thread thread = new Thread(this::loop, "erp-import");
    private volatile long intervalMillis;
    private volatile boolean closed;
    private volatile Runs sinceStart = Runs.NOTHING;
    private volatile String lastFailure = "";

    ImportSchedule(
            OrderImport orders,
            InventoryImport stock,
            AtomicReference<ImportConditions> conditions,
            long intervalMillis) {
        this.orders = orders;
        this.stock = stock;
        this.conditions = conditions;
        this.intervalMillis = intervalMillis;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    void interval(long millis) {
        if (millis < 1) {
            throw new IllegalArgumentException("the interval is at least 1 ms");
        }
        intervalMillis = millis;
        thread.interrupt();
    }

    long interval() {
        return intervalMillis;
    }

    /** Sum of all runs, on demand and on schedule; {@code errors} and {@code left} count a row once per run. */
    Runs sinceStart() {
        return sinceStart;
    }

    /** When and why the last run failed, or nothing. */
    String lastFailure() {
        return lastFailure;
    }

    synchronized Runs now() throws SQLException {
        Runs run = new Runs(orders.run(), stock.run());
        sinceStart = sinceStart.plus(run);
        return run;
    }

    private synchronized void onSchedule() throws SQLException {
        if (!Objects.requireNonNull(conditions.get(), "it always behaves somehow")
                .stopped()) {
            now();
        }
    }

    /** Between two runs: one that is under way ends first, so that nothing is imported under the old conditions afterwards. */
    synchronized void work(ImportConditions under) {
        conditions.set(under);
    }

    private void loop() {
        while (!closed) {
            try {
                onSchedule();
            } catch (SQLException e) {
                lastFailure = Instant.now() + " " + e.getMessage();
                System.err.println(
                        "erp-simulator: import failed, tried again in " + intervalMillis + " ms: " + e.getMessage());
            }
            try {
                Thread.sleep(intervalMillis);
            } catch (InterruptedException e) {
                // Woken: the interval changed, or this is the end.
                continue;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        orders.close();
        stock.close();
    }
}
