package org.retailhub.inventory.canonical;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/**
 * The door's rules for one reservation. Gathers every fault with its path before it says no. Whether its time is over is no rule of the
 * door's: who repeats what was held in time gets what was held.
 */
public final class ReservationCheck {
    public static final int MOST_BYTES = 256 << 10;
    /** How long something is held if nobody says. */
    public static final Duration DEFAULT_TIME = Duration.ofMinutes(30);

    private static final Duration LONGEST = Duration.ofDays(400);
    private static final int MOST_LINES = 200;
    private static final int MOST_COMPONENTS = 50;

    private final Faults faults = new Faults();
    private final String parent;

    private ReservationCheck(String parent) {
        this.parent = parent;
    }

    /** @throws RetailException {@link InventoryError#INVALID_RESERVATION} with all faults, or an error of {@link StrictJson} */
    public static ReservationDocument parse(byte[] body, Instant now) {
        return check("", StrictJson.read(body, WireReservation.class), now);
    }

    /**
     * @param parent path of the reservation, with its dot
     * @throws RetailException {@link InventoryError#INVALID_RESERVATION} with all faults
     */
    public static ReservationDocument check(String parent, WireReservation wire, Instant now) {
        return new ReservationCheck(parent).reservation(wire, now);
    }

    private ReservationDocument reservation(WireReservation wire, Instant now) {
        String reference = faults.key(parent + "reference", wire.reference(), 128);
        String channel = faults.optional(parent + "channel", wire.channel(), 64);
        Instant expiresAt = wire.expiresAt() == null
                ? null
                : faults.time(parent + "expiresAt", wire.expiresAt(), MovementCheck.EARLIEST, now.plus(LONGEST));
        List<ReservationDocument.Line> lines = lines(wire.lines());
        faults.refuse(InventoryError.INVALID_RESERVATION);
        return new ReservationDocument(
                MovementCheck.there(reference), channel, Boolean.TRUE.equals(wire.partial()), expiresAt, lines);
    }

    private List<ReservationDocument.Line> lines(@Nullable List<WireReservation.@Nullable Line> wire) {
        List<ReservationDocument.Line> lines = new ArrayList<>();
        if (wire == null || wire.isEmpty()) {
            faults.add(parent + "lines", "at least one is required");
            return lines;
        }
        if (wire.size() > MOST_LINES) {
            faults.add(parent + "lines", "has more than " + MOST_LINES);
            return lines;
        }
        for (int i = 0; i < wire.size(); i++) {
            ReservationDocument.Line line = line(parent + "lines[" + i + "]", wire.get(i));
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    private ReservationDocument.@Nullable Line line(String path, WireReservation.@Nullable Line wire) {
        if (wire == null) {
            faults.add(path, "is required");
            return null;
        }
        String lineId = faults.key(path + ".lineId", wire.lineId(), 40);
        String sku = MovementCheck.sku(faults, path + ".sku", wire.sku());
        String location = faults.name(path + ".location", wire.location());
        BigDecimal quantity = faults.positive(path + ".quantity", wire.quantity());
        List<ReservationDocument.Component> components = components(path, wire.components());
        if (quantity != null
                && !components.isEmpty()
                && quantity.stripTrailingZeros().scale() > 0) {
            faults.add(path + ".quantity", "of a bundle must have no decimals");
        }
        if (lineId == null || sku == null || location == null || quantity == null) {
            return null;
        }
        return new ReservationDocument.Line(lineId, sku, location, quantity, components);
    }

    private List<ReservationDocument.Component> components(
            String path, @Nullable List<WireReservation.@Nullable Component> wire) {
        List<ReservationDocument.Component> components = new ArrayList<>();
        if (wire == null) {
            return components;
        }
        if (wire.size() > MOST_COMPONENTS) {
            faults.add(path + ".components", "has more than " + MOST_COMPONENTS);
            return components;
        }
        for (int i = 0; i < wire.size(); i++) {
            WireReservation.Component each = wire.get(i);
            String at = path + ".components[" + i + "]";
            if (each == null) {
                faults.add(at, "is required");
                continue;
            }
            String sku = MovementCheck.sku(faults, at + ".sku", each.sku());
            BigDecimal quantity = faults.positive(at + ".quantity", each.quantity());
            if (sku != null && quantity != null) {
                components.add(new ReservationDocument.Component(sku, quantity));
            }
        }
        return components;
    }
}
