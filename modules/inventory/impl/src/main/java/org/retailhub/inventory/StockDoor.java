package org.retailhub.inventory;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Movements.Recorded;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.server.Door;

/** The way from a request to its batch: never blocks, answers after the commit. */
public final class StockDoor {
    private final Door door;
    private final Clock clock;
    private volatile @Nullable Function<Telling, CompletionStage<Recorded>> movements;

    StockDoor(Door door, Clock clock) {
        this.door = door;
        this.clock = clock;
    }

    /** When the module has started. */
    void open(Function<Telling, CompletionStage<Recorded>> movements) {
        this.movements = movements;
    }

    /** @throws RetailException if nothing of stock is taken in now */
    public void admitStock() {
        door.admit(Lane.STOCK);
    }

    public Instant now() {
        return clock.instant();
    }

    /** Completes after the commit, or with a {@link RetailException}. */
    public CompletionStage<Recorded> record(String tenant, MovementDocument movement, String traceparent) {
        return through(movements, new Telling(tenant, movement, traceparent));
    }

    private static <Q, R> CompletionStage<R> through(@Nullable Function<Q, CompletionStage<R>> batcher, Q request) {
        return batcher == null
                ? CompletableFuture.failedFuture(new RetailException(RuntimeError.OVERLOADED, "the server is starting"))
                : batcher.apply(request);
    }
}
