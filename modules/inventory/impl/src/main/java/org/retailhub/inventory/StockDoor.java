package org.retailhub.inventory;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Movements.Recorded;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.server.Door;

/** The way from a request to its batch: never blocks, answers after the commit. */
public final class StockDoor {
    private final Door door;
    private final Clock clock;
    private volatile @Nullable Ways ways;

    /** To the batches of each kind of call. */
    record Ways(
            Function<Telling, CompletionStage<Recorded>> movements,
            Function<Reserving.Request, CompletionStage<Reserving.Reserved>> reservations,
            Function<Settling.Step, CompletionStage<Settling.Settled>> steps,
            Function<StockQuestions.Question, CompletionStage<StockQuestions.Answer>> questions) {}

    StockDoor(Door door, Clock clock) {
        this.door = door;
        this.clock = clock;
    }

    /** When the module has started. */
    void open(Ways all) {
        this.ways = all;
    }

    /** @throws RetailException if nothing of orders, which reservations belong to, is taken in now */
    public void admitOrders() {
        door.admit(Lane.ORDER);
    }

    /** @throws RetailException if nothing of stock is taken in now */
    public void admitStock() {
        door.admit(Lane.STOCK);
    }

    /**
     * What changes stock on the caller's thread, in a transaction of its own.
     *
     * @throws RetailException if nothing of stock is taken in now
     */
    public <T> T throughStock(Supplier<T> work) {
        return door.through(Lane.STOCK, work);
    }

    public Instant now() {
        return clock.instant();
    }

    /** Completes after the commit, or with a {@link RetailException}. */
    public CompletionStage<Recorded> record(String tenant, MovementDocument movement, String traceparent) {
        return through(Ways::movements, new Telling(tenant, movement, traceparent));
    }

    /** Completes after the commit, or with a {@link RetailException}. */
    public CompletionStage<Reserving.Reserved> reserve(
            String tenant, ReservationDocument document, String traceparent) {
        return through(Ways::reservations, new Reserving.Request(tenant, document, traceparent, "", false));
    }

    /** Completes after the commit, or with a {@link RetailException}. */
    public CompletionStage<Settling.Settled> settle(Settling.Step step) {
        return through(Ways::steps, step);
    }

    /** Completes with what is true after the question was put, or with a {@link RetailException}. */
    public CompletionStage<StockQuestions.Answer> ask(StockQuestions.Question question) {
        return through(Ways::questions, question);
    }

    private <Q, R> CompletionStage<R> through(Function<Ways, Function<Q, CompletionStage<R>>> way, Q request) {
        Ways open = ways;
        return open == null
                ? CompletableFuture.failedFuture(new RetailException(RuntimeError.OVERLOADED, "the server is starting"))
                : way.apply(open).apply(request);
    }
}
