package org.retailhub.inventory.api;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Record that stock moved. Idempotent by feed and the feed's own number: the same content again changes nothing, another content is
 * parked.
 */
public record RecordMovement(Movement movement) {
    public static final String TYPE = "RecordMovement.v1";

    public RecordMovement {
        Objects.requireNonNull(movement);
    }

    /**
     * A movement as a source tells it, over HTTP as well.
     *
     * @param feed who tells it, such as {@code pos-berlin-1}: the numbers of a feed are its own
     * @param sequence the feed's number, from 1; gaps and reorderings are told by it. Null if the feed has none: then a document is required
     * @param document the source's document, such as a receipt's number
     * @param line within the number or the document
     * @param kind {@link MovementKind#wire}
     * @param quantity below 0 for what leaves, in units, three decimals at most
     * @param unit such as {@code EA}; a position is counted in one
     * @param occurredAt when it happened, also days ago
     * @param reference what it was for, such as an order
     * @param reason for people
     * @param channel where it was sold
     * @param erpKnows whether the ERP has it already, as for movements that it told itself; sales it does not know count as on hand taken away here all the same
     */
    public record Movement(
            String feed,
            @Nullable Long sequence,
            @Nullable String document,
            @Nullable String line,
            String kind,
            String sku,
            String location,
            BigDecimal quantity,
            @Nullable String unit,
            OffsetDateTime occurredAt,
            @Nullable String reference,
            @Nullable String reason,
            @Nullable String channel,
            @Nullable Boolean erpKnows) {}

    /** The source's own key of a movement: what it is known by in its feed. */
    public static String sourceKey(@Nullable Long sequence, @Nullable String document, @Nullable String line) {
        // A document may have a slash of its own.
        String number = sequence == null
                ? String.valueOf(document)
                        .replace("%", "%25")
                        .replace("/", "%2F")
                        .replace("#", "%23")
                : "#" + sequence;
        return line == null || line.isEmpty() ? number : number + "/" + line;
    }

    /** What the message is about: one movement, so that those of a feed need not wait for each other. */
    public static String businessKey(String tenant, Movement movement) {
        return tenant + "/" + movement.feed() + "/"
                + sourceKey(movement.sequence(), movement.document(), movement.line());
    }
}
