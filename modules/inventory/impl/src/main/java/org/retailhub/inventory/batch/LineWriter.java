package org.retailhub.inventory.batch;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Counting;
import org.retailhub.inventory.Snapshots;
import org.retailhub.inventory.canonical.SnapshotLine;
import org.retailhub.platform.runtime.server.ServerNode;

/** Takes a chunk of lines in, in the transaction that the batch runtime has opened and in which it keeps its checkpoint. */
@Named
@Dependent
public class LineWriter extends AbstractItemWriter {
    @Inject
    private Snapshots snapshots;

    @Inject
    private Counting counting;

    @Inject
    @BatchProperty
    private String snapshot;

    private Snapshots.@Nullable Known known;

    @Override
    public void open(@Nullable Serializable checkpoint) {
        known = snapshots.of(snapshot).orElseThrow();
    }

    @Override
    public void writeItems(List<Object> items) {
        counting.take(
                Objects.requireNonNull(known, "it is opened before"),
                items.stream().map(SnapshotLine.class::cast).toList(),
                ServerNode.ofThisServer().id());
    }
}
