package org.retailhub.inventory.canonical;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.rest.StrictJson;

/** The door's rules for one movement. Gathers every fault with its path before it says no. */
public final class MovementCheck {
    public static final int MOST_BYTES = 16 << 10;
    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);
    private static final String DEFAULT_UNIT = "EA";
    private static final String KINDS = Arrays.stream(MovementKind.values())
            .filter(MovementKind::isTold)
            .map(MovementKind::wire)
            .collect(Collectors.joining(", "));

    private MovementCheck() {}

    /**
     * @param body UTF-8 JSON
     * @throws RetailException {@link InventoryError#INVALID_MOVEMENT} with all faults, or an error of {@link StrictJson}
     */
    public static MovementDocument parse(byte[] body, Instant now) {
        return check("", StrictJson.read(body, WireMovement.class), now);
    }

    /**
     * @param parent path of the movement, with its dot
     * @throws RetailException {@link InventoryError#INVALID_MOVEMENT} with all faults
     */
    public static MovementDocument check(String parent, WireMovement wire, Instant now) {
        Faults faults = new Faults();
        String feed = faults.name(parent + "feed", wire.feed());
        Long sequence = sequence(faults, parent, wire);
        String document = faults.optional(parent + "document", wire.document(), 128);
        if (wire.sequence() == null
                && (wire.document() == null || wire.document().isEmpty())) {
            faults.add(parent + "sequence", "or document is required");
        }
        String line = faults.optional(parent + "line", wire.line(), 40);
        MovementKind kind = kind(faults, parent, wire.kind());
        String sku = sku(faults, parent + "sku", wire.sku());
        String location = faults.name(parent + "location", wire.location());
        BigDecimal quantity = faults.quantity(parent + "quantity", wire.quantity());
        if (kind != null && quantity != null && kind.sign() != 0 && kind.sign() != quantity.signum()) {
            faults.add(
                    parent + "quantity",
                    "of a " + kind.wire() + " must be "
                            + (kind.sign() < 0 ? "below 0: it leaves" : "above 0: it comes"));
        }
        String unit = faults.optional(parent + "unit", wire.unit(), 16);
        Instant occurredAt = faults.time(parent + "occurredAt", wire.occurredAt(), EARLIEST, now.plus(CLOCK_SKEW));
        String reference = faults.optional(parent + "reference", wire.reference(), 128);
        String reason = faults.optional(parent + "reason", wire.reason(), 200);
        String channel = faults.optional(parent + "channel", wire.channel(), 64);
        faults.refuse(InventoryError.INVALID_MOVEMENT);
        return new MovementDocument(
                there(feed),
                sequence,
                document,
                line,
                there(kind),
                there(sku),
                there(location),
                there(quantity),
                unit == null ? DEFAULT_UNIT : unit,
                there(occurredAt),
                reference,
                reason,
                channel,
                Boolean.TRUE.equals(wire.erpKnows()));
    }

    private static @Nullable Long sequence(Faults faults, String parent, WireMovement wire) {
        if (wire.sequence() != null && (wire.sequence() < 1 || wire.sequence() == Long.MAX_VALUE)) {
            faults.add(parent + "sequence", "must be between 1 and " + (Long.MAX_VALUE - 1));
            return null;
        }
        return wire.sequence();
    }

    private static @Nullable MovementKind kind(Faults faults, String parent, @Nullable String value) {
        for (MovementKind kind : MovementKind.values()) {
            if (kind.isTold() && kind.wire().equals(value)) {
                return kind;
            }
        }
        faults.add(parent + "kind", value == null ? "is required" : "must be one of " + KINDS);
        return null;
    }

    static @Nullable String sku(Faults faults, String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            faults.add(field, "is required");
            return null;
        }
        if (!Sku.isValid(value)) {
            faults.add(field, "must be 1 to 64 printable characters, no blank at either end");
            return null;
        }
        return value;
    }

    static <T> T there(@Nullable T value) {
        return Objects.requireNonNull(value, "what is not there is a fault");
    }
}
