package org.retailhub.platform.runtime.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Refuses what would make messages, before its transaction, while the disk of the journal is nearly full: the broker itself would let
 * producers wait without an answer a little later. The disk is asked once a second at most.
 */
final class JournalSpace {
    /** System property; read at each look, so that a test can lower it on a running server. */
    static final String LIMIT_PROPERTY = "retailhub.journal.refuse-above-percent";

    private static final int LIMIT = 85;
    private static final long KEEP_NANOS = 1_000_000_000L;

    private final Path journal;
    private volatile long lookedAt = System.nanoTime() - KEEP_NANOS;
    private volatile String refusal;

    JournalSpace(Path journal) {
        this.journal = journal;
    }

    static JournalSpace ofThisServer() {
        return new JournalSpace(Path.of(System.getProperty("jboss.server.data.dir", "."), "activemq"));
    }

    /** @throws RetailException {@link RuntimeError#JOURNAL_FULL} */
    void admit() {
        long now = System.nanoTime();
        if (now - lookedAt >= KEEP_NANOS) {
            lookedAt = now;
            refusal = look();
        }
        String full = refusal;
        if (full != null) {
            throw new RetailException(RuntimeError.JOURNAL_FULL, full);
        }
    }

    private String look() {
        try {
            Path existing = journal.toAbsolutePath();
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            FileStore store = Files.getFileStore(existing);
            long total = store.getTotalSpace();
            long usedPercent = total == 0 ? 0 : Math.round(100.0 - 100.0 * store.getUsableSpace() / total);
            int limit = Integer.getInteger(LIMIT_PROPERTY, LIMIT);
            return usedPercent > limit
                    ? "its disk is " + usedPercent + " % full, nothing is taken in above " + limit + " %"
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
