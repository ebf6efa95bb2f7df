package org.retailhub.inventory;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.canonical.SnapshotFormat;
import org.retailhub.inventory.canonical.SnapshotLine;

/** The lines of a snapshot that are not taken in yet, one after the other; in memory is one piece. */
public final class SnapshotReader {
    private final Snapshots snapshots;
    private final Snapshots.Known snapshot;
    private final SnapshotFormat format;
    private byte[] content = {};
    private int at;
    private long line;

    /** @param snapshot as it stands: it goes on behind its last line that is taken in */
    public SnapshotReader(Snapshots snapshots, Snapshots.Known snapshot) {
        this.snapshots = snapshots;
        this.snapshot = snapshot;
        this.format = SnapshotFormat.of(snapshot.columns());
        this.line = snapshot.doneLine();
    }

    public Snapshots.Known snapshot() {
        return snapshot;
    }

    /** The last one that {@link #next} gave. */
    public long line() {
        return line;
    }

    /** Null at the end. In a transaction. */
    public @Nullable SnapshotLine next() {
        while (at < content.length || load()) {
            int end = at;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            byte[] text = Arrays.copyOfRange(content, at, end);
            at = end + 1;
            line++;
            SnapshotLine read = format.read(line, text);
            if (read != null) {
                return read;
            }
        }
        return null;
    }

    private boolean load() {
        Optional<Snapshots.Piece> piece = snapshots.piece(snapshot.id(), line);
        if (piece.isEmpty()) {
            return false;
        }
        content = piece.get().content();
        at = 0;
        // A job that goes on may begin in the middle.
        for (long before = piece.get().firstLine(); before <= line; before++) {
            while (content[at] != '\n') {
                at++;
            }
            at++;
        }
        return at < content.length;
    }
}
