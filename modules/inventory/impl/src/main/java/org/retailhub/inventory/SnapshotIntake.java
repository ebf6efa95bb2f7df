package org.retailhub.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Snapshots.Known;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.SnapshotFormat;
import org.retailhub.inventory.canonical.SnapshotHeader;
import org.retailhub.inventory.canonical.SnapshotTable;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Keeps a snapshot as it comes: piece by piece, each in a transaction of its own, so that neither memory nor a transaction grows with it. With
 * the last one it becomes a snapshot, if there is none of its name: the same again is the one that there is.
 */
public final class SnapshotIntake {
    private static final Duration LEFT = Duration.ofHours(1);
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Snapshots snapshots;
    private final Feeds feeds;
    private final Transactions transactions;
    private final Stock stock;
    private final Ulid ids;

    SnapshotIntake(Snapshots snapshots, Feeds feeds, Transactions transactions, Stock stock, Ulid ids) {
        this.snapshots = snapshots;
        this.feeds = feeds;
        this.transactions = transactions;
        this.stock = stock;
        this.ids = ids;
    }

    /**
     * A snapshot that comes.
     *
     * @param format {@code csv}, {@code ndjson} or {@code json}
     */
    public record Coming(String tenant, SnapshotHeader header, String format, String by, String traceparent) {}

    /** @param replayed whether it was there before */
    public record Taken(Known snapshot, boolean replayed) {}

    /** A small one, of lines that are read already. */
    public Taken take(Coming coming, List<SnapshotFormat.@Nullable Wire> lines) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            for (SnapshotFormat.Wire line : lines) {
                text.writeBytes(StrictJson.mapper().writeValueAsBytes(line));
                text.write('\n');
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return take(coming, new ByteArrayInputStream(text.toByteArray()));
    }

    /**
     * Outside any transaction.
     *
     * @throws RetailException {@link InventoryError#INVALID_SNAPSHOT} if the head cannot be read or there are no lines,
     *     {@link InventoryError#SNAPSHOT_DIFFERS}, {@link RuntimeError#MALFORMED_JSON} if the body ends early
     */
    public Taken take(Coming coming, InputStream body) {
        String id = ids.next();
        LinePieces pieces = new LinePieces(body, sha256());
        try {
            LinePieces.Piece first = read(pieces);
            String columns = columns(coming.format(), first);
            begin(id, coming);
            for (LinePieces.Piece piece = first; piece != null; piece = read(pieces)) {
                LinePieces.Piece one = piece;
                transactions.call(() -> {
                    snapshots.keep(id, one, stock.now());
                    return one;
                });
            }
            return finish(id, coming, columns, pieces);
        } catch (RuntimeException e) {
            forget(id, e);
            throw e;
        }
    }

    private void begin(String id, Coming coming) {
        transactions.call(() -> {
            Instant now = stock.now();
            snapshots.begin(
                    id, coming.tenant(), coming.header(), coming.format(), coming.by(), coming.traceparent(), now);
            return now;
        });
    }

    private static LinePieces.@Nullable Piece read(LinePieces pieces) {
        try {
            return pieces.next();
        } catch (IOException e) {
            throw new RetailException(
                    RuntimeError.MALFORMED_JSON,
                    "the body ended early at line " + (pieces.lines() + 1) + ", column 1",
                    e);
        }
    }

    /** @return what the lines of a table are read by; empty for JSON */
    private static String columns(String format, LinePieces.@Nullable Piece first) {
        if (first == null) {
            throw refused("lines", "has none");
        }
        if (!format.equals("csv")) {
            return "";
        }
        int end = 0;
        byte[] content = first.content();
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        if (end > SnapshotFormat.MOST_LINE_BYTES) {
            throw refused("head", "is longer than " + SnapshotFormat.MOST_LINE_BYTES + " bytes");
        }
        String head;
        try {
            head = StrictJson.utf8(Arrays.copyOf(content, end));
        } catch (RetailException e) {
            throw refused("head", "is not UTF-8");
        }
        String columns = (head.startsWith(BYTE_ORDER_MARK) ? head.substring(1) : head).strip();
        SnapshotTable.of(columns);
        return columns;
    }

    private static RetailException refused(String field, String message) {
        return new RetailException(
                InventoryError.INVALID_SNAPSHOT, field + " " + message, List.of(new Violation(field, message)), null);
    }

    private Taken finish(String id, Coming coming, String columns, LinePieces pieces) {
        SnapshotHeader header = coming.header();
        String hash = HexFormat.of().formatHex(pieces.digest());
        return transactions.call(() -> {
            Instant now = stock.now();
            snapshots.lock(coming.tenant(), header);
            Optional<Known> known = snapshots.of(coming.tenant(), header.source(), header.key());
            if (known.isPresent()) {
                List<String> differences = differences(known.get(), coming, hash);
                if (!differences.isEmpty()) {
                    throw new RetailException(
                            InventoryError.SNAPSHOT_DIFFERS,
                            "it is the snapshot " + known.get().id() + "; what differs: "
                                    + String.join(", ", differences),
                            differences.stream()
                                    .map(field -> new Violation(field, "differs"))
                                    .toList(),
                            null);
                }
                snapshots.forget(id, now.minus(LEFT));
                return new Taken(known.get(), true);
            }
            snapshots.received(id, columns, hash, pieces.bytes(), pieces.lines(), now);
            feeds.hear(coming.tenant(), header.source(), now);
            return new Taken(snapshots.of(id).orElseThrow(), false);
        });
    }

    private static List<String> differences(Known known, Coming coming, String hash) {
        List<String> fields = new ArrayList<>();
        if (!known.header().system().equals(coming.header().system())) {
            fields.add("system");
        }
        if (!known.header().takenAt().equals(coming.header().takenAt())) {
            fields.add("takenAt");
        }
        if (!known.format().equals(coming.format())) {
            fields.add("format");
        } else if (!known.hash().equals(hash)) {
            fields.add("lines");
        }
        return fields;
    }

    /** What came of it is of no use; if this fails too, the next one that is received takes it along. */
    private void forget(String id, RuntimeException because) {
        try {
            transactions.call(() -> {
                snapshots.forget(id, stock.now().minus(LEFT));
                return id;
            });
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has it", e);
        }
    }
}
