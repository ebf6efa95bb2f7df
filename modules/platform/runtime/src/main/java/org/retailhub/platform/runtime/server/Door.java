package org.retailhub.platform.runtime.server;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.TryLater;

/** Whether anything of a lane is taken in now; asked before its transaction. */
public final class Door {
    /** Of a lane; the pools of threads and connections have room for two or three times as many. */
    static final int AT_ONCE = 8;

    private final ServerState server;
    private final JournalSpace journal;
    private final Backlog backlog;
    private final Map<Lane, Semaphore> places = new EnumMap<>(Lane.class);

    Door(ServerState server, JournalSpace journal, Backlog backlog) {
        this.server = server;
        this.journal = journal;
        this.backlog = backlog;
        for (Lane lane : Lane.values()) {
            places.put(lane, new Semaphore(AT_ONCE));
        }
    }

    /** @throws RetailException {@link RuntimeError#FENCED}, {@link RuntimeError#JOURNAL_FULL}, {@link RuntimeError#SHED} */
    public void admit(Lane lane) {
        if (server.isFenced()) {
            throw new RetailException(RuntimeError.FENCED, "its stores are being compared; send it again later");
        }
        journal.admit(lane);
        backlog.admit(lane);
    }

    /**
     * Like {@link #admit}, for work that holds its thread and a connection while it is done: of a lane only so many at a time, so that the
     * rest is there for more urgent ones. Orders need no such bound: they wait without a thread.
     *
     * @throws RetailException also {@link RuntimeError#SHED} if all places of the lane are taken
     */
    public <T> T through(Lane lane, Supplier<T> work) {
        admit(lane);
        Semaphore free = Objects.requireNonNull(places.get(lane), "each lane has its places");
        if (!free.tryAcquire()) {
            throw new TryLater(
                    RuntimeError.SHED,
                    AT_ONCE + " calls of the lane " + lane.wire() + " are under way here",
                    Duration.ofSeconds(1));
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
