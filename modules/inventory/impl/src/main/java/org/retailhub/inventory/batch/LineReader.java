package org.retailhub.inventory.batch;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.ItemReader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.SnapshotReader;
import org.retailhub.inventory.Snapshots;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** The lines of a snapshot. Its checkpoint is the number of the last line, which is in the snapshot's row too. */
@Named
@Dependent
public class LineReader implements ItemReader {
    @Inject
    private Snapshots snapshots;

    @Inject
    @BatchProperty
    private String snapshot;

    private @Nullable SnapshotReader reader;

    /**
     * The row is what lines were taken in by, in one transaction with them; the repository's copy agrees with it, or the repository lost
     * its own.
     */
    @Override
    public void open(@Nullable Serializable checkpoint) {
        Snapshots.Known known = snapshots
                .of(snapshot)
                .orElseThrow(() -> new RetailException(RuntimeError.BUG, "there is no snapshot " + snapshot));
        if (checkpoint instanceof Long line && line > known.doneLine()) {
            throw new RetailException(
                    RuntimeError.BUG,
                    "the job is at line " + line + " of the snapshot " + snapshot + ", which is at "
                            + known.doneLine());
        }
        reader = new SnapshotReader(snapshots, known);
    }

    @Override
    public @Nullable Object readItem() {
        return opened().next();
    }

    @Override
    public Serializable checkpointInfo() {
        return opened().line();
    }

    @Override
    public void close() {
        reader = null;
    }

    private SnapshotReader opened() {
        return Objects.requireNonNull(reader, "it is opened before");
    }
}
