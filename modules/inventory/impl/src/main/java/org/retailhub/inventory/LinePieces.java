package org.retailhub.inventory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.canonical.SnapshotFormat;

/**
 * Cuts a body of any length into pieces of whole lines, in memory for one piece. A line that is longer than any may be is cut off, so that it
 * is found to be too long when it is read, and takes no memory before.
 */
final class LinePieces {
    /** About as long as a piece is. */
    static final int PIECE_BYTES = 256 << 10;

    private static final int READ_BYTES = 64 << 10;

    private final InputStream in;
    private final MessageDigest digest;
    private final byte[] buffer = new byte[READ_BYTES];
    private int at;
    private int end;
    private long bytes;
    private long line = 1;

    LinePieces(InputStream in, MessageDigest digest) {
        this.in = in;
        this.digest = digest;
    }

    /** @param lines how many, each with its end but maybe the last one of all */
    record Piece(long firstLine, int lines, byte[] content) {}

    /** Null at the end. */
    @Nullable
    Piece next() throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE_BYTES + SnapshotFormat.MOST_LINE_BYTES + 2);
        long first = line;
        int length = 0;
        while (fill()) {
            byte each = buffer[at++];
            if (each == '\n') {
                piece.write(each);
                line++;
                length = 0;
                if (piece.size() >= PIECE_BYTES) {
                    return new Piece(first, (int) (line - first), piece.toByteArray());
                }
            } else if (length <= SnapshotFormat.MOST_LINE_BYTES) {
                piece.write(each);
                length++;
            }
        }
        if (length > 0) {
            line++;
        }
        return line == first ? null : new Piece(first, (int) (line - first), piece.toByteArray());
    }

    private boolean fill() throws IOException {
        if (at < end) {
            return true;
        }
        at = 0;
        end = in.read(buffer);
        if (end > 0) {
            digest.update(buffer, 0, end);
            bytes += end;
        }
        return end > 0;
    }

    /** So far. */
    long lines() {
        return line - 1;
    }

    /** So far. */
    long bytes() {
        return bytes;
    }

    /** Of all of it; at the end, once. */
    byte[] digest() {
        return digest.digest();
    }
}
