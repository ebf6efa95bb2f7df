package org.retailhub.platform.runtime.server;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.TryLater;

/**
 * Refuses what would make messages, before its transaction, while the disk of the journal is nearly full: the broker itself would let
 * producers wait without an answer a little later. The disk is asked once a second at most,
 * wherever the journal is. A broker that does not say refuses nothing: sending to it fails by itself.
 */
final class JournalSpace {
    /** System property, for orders; read at each call, so that a test can lower it on a running server. */
    static final String LIMIT_PROPERTY = "retailhub.journal.refuse-above-percent";

    /** Of the environment, for orders; where the property is not set. */
    static final String LIMIT_VARIABLE = "RETAIL_DISK_FULL_PERCENT";

    private static final int LIMIT = limit(System.getenv(LIMIT_VARIABLE));
    /** Each lane is shut so many points before the one above it. */
    private static final int POINTS = 2;

    /** Nobody knows when an operator has made room. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private static final long KEEP_NANOS = 1_000_000_000L;

    private final Supplier<OptionalLong> disk;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - KEEP_NANOS);
    private volatile long usedPercent;

    /** @param usedPercent how full the disk is; empty if nobody says */
    JournalSpace(Supplier<OptionalLong> usedPercent) {
        this.disk = usedPercent;
    }

    JournalSpace(Path journal) {
        this(() -> OptionalLong.of(look(journal)));
    }

    static JournalSpace ofThisServer(ConnectionFactory factory) {
        return ExternalBroker.ofThisServer(factory)
                .map(broker -> new JournalSpace(broker::diskUsedPercent))
                .orElseGet(
                        () -> new JournalSpace(Path.of(System.getProperty("jboss.server.data.dir", "."), "activemq")));
    }

    /** @throws TryLater {@link RuntimeError#JOURNAL_FULL} */
    void admit(Lane lane) {
        long now = System.nanoTime();
        long last = lookedAt.get();
        if (now - last >= KEEP_NANOS && lookedAt.compareAndSet(last, now)) {
            usedPercent = disk.get().orElse(0);
        }
        int limit = Integer.getInteger(LIMIT_PROPERTY, LIMIT) - lane.ordinal() * POINTS;
        if (usedPercent > limit) {
            throw new TryLater(
                    RuntimeError.JOURNAL_FULL,
                    "its disk is " + usedPercent + " % full; the lane " + lane.wire() + " is shut above " + limit
                            + " %",
                    RETRY);
        }
    }

    /** @return what the text says from 1 to 100, else 85: below the 90 at which the broker lets producers wait */
    static int limit(@Nullable String text) {
        return text != null && text.matches("[1-9][0-9]?|100") ? Integer.parseInt(text) : 85;
    }

    private static long look(Path journal) {
        try {
            Path existing = journal.toAbsolutePath();
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            FileStore store = Files.getFileStore(existing);
            long total = store.getTotalSpace();
            return total == 0 ? 0 : Math.round(100.0 - 100.0 * store.getUsableSpace() / total);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
