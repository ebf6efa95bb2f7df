package org.retailhub.order.canonical;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/** Reads a shipment as a whole: every fault with its path. Whether the order has its lines is not looked at here. */
public final class ShipmentCheck {
    /** More is not read. */
    public static final int MOST_BYTES = 1 << 20;

    private static final int MOST_LINES = 2_000;
    private static final int MOST_PARCELS = 200;
    private static final int MOST_SERIALS = 500;
    private static final int LONGEST_NUMBER = 64;
    private static final int QUANTITY_DECIMALS = 3;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);
    /** As inventory takes it: the goods leave its stock there. */
    private static final Pattern LOCATION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern ADDRESS = Pattern.compile("https?://[!-~]+");
    private static final Pattern SSCC = Pattern.compile("[0-9]{18}");

    private final Faults faults = new Faults();
    private final Instant now;

    private ShipmentCheck(Instant now) {
        this.now = now;
    }

    /**
     * @param body UTF-8 JSON
     * @throws RetailException {@link OrderError#INVALID_SHIPMENT} with all faults, or an error of {@link StrictJson}
     */
    public static ShipmentDocument parse(byte[] body, Instant now) {
        return check("", StrictJson.read(body, WireShipment.class), now);
    }

    /**
     * @param parent path of the shipment, with its dot
     * @throws RetailException {@link OrderError#INVALID_SHIPMENT} with all faults
     */
    public static ShipmentDocument check(String parent, WireShipment wire, Instant now) {
        ShipmentCheck check = new ShipmentCheck(now);
        ShipmentDocument document = check.shipment(parent, wire);
        List<RetailException.Violation> violations = check.faults.violations();
        if (!violations.isEmpty()) {
            RetailException.Violation first = violations.get(0);
            throw new RetailException(
                    OrderError.INVALID_SHIPMENT,
                    first.field() + " " + first.message()
                            + (violations.size() > 1 ? " (and " + (violations.size() - 1) + " more)" : ""),
                    violations,
                    null);
        }
        return Objects.requireNonNull(document, "what is not there is a fault");
    }

    /** Null only with a fault. */
    private @Nullable ShipmentDocument shipment(String parent, WireShipment wire) {
        String number = faults.key(parent, "shipmentNumber", wire.shipmentNumber(), LONGEST_NUMBER);
        String location = faults.required(parent, "location", wire.location(), LONGEST_NUMBER);
        if (location != null && !LOCATION.matcher(location).matches()) {
            faults.add(parent, "location", "must be 1 to 64 letters, digits, '.', '_' or '-', a letter or digit first");
        }
        WireShipment.Carrier carrier = wire.carrier();
        boolean closes = Boolean.TRUE.equals(wire.closesLines());
        OffsetDateTime shippedAt = shippedAt(parent, wire.shippedAt());
        List<ShipmentDocument.Parcel> parcels = parcels(parent, wire.parcels());
        List<ShipmentDocument.Line> lines = lines(parent, wire.lines(), closes);
        ShipmentDocument.Carrier who = carrier == null
                ? null
                : new ShipmentDocument.Carrier(
                        faults.optional(parent + "carrier.", "code", carrier.code(), 32),
                        faults.optional(parent + "carrier.", "name", carrier.name(), 80));
        return number == null || location == null || shippedAt == null
                ? null
                : new ShipmentDocument(number, location, who, parcels, shippedAt, lines, closes);
    }

    private @Nullable OffsetDateTime shippedAt(String parent, @Nullable String value) {
        String text = faults.required(parent, "shippedAt", value, 40);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            Instant instant = time.toInstant();
            if (instant.isBefore(EARLIEST) || instant.isAfter(now.plus(CLOCK_SKEW))) {
                faults.add(parent, "shippedAt", "must lie between the year 2000 and tomorrow");
            }
            return time;
        } catch (DateTimeParseException e) {
            faults.add(parent, "shippedAt", "must be ISO 8601 with an offset, such as 2026-11-23T10:00:00+01:00");
            return null;
        }
    }

    private List<ShipmentDocument.Parcel> parcels(String parent, @Nullable List<WireShipment.@Nullable Parcel> wire) {
        if (wire == null) {
            return List.of();
        }
        if (wire.size() > MOST_PARCELS) {
            faults.add(parent, "parcels", "has more than " + MOST_PARCELS);
            return List.of();
        }
        List<ShipmentDocument.Parcel> parcels = new ArrayList<>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            String path = parent + "parcels[" + i + "].";
            WireShipment.Parcel parcel = wire.get(i);
            if (parcel == null) {
                faults.add(parent, "parcels[" + i + "]", "is required");
                continue;
            }
            String sscc = faults.optional(path, "sscc", parcel.sscc(), LONGEST_NUMBER);
            if (sscc != null && !isSscc(sscc)) {
                faults.add(path, "sscc", "must be 18 digits with a right check digit");
            }
            String url = faults.optional(path, "trackingUrl", parcel.trackingUrl(), 500);
            if (url != null && !ADDRESS.matcher(url).matches()) {
                faults.add(path, "trackingUrl", "must be an http or https address");
            }
            parcels.add(new ShipmentDocument.Parcel(
                    faults.optional(path, "trackingNumber", parcel.trackingNumber(), LONGEST_NUMBER), url, sscc));
        }
        return parcels;
    }

    /** The last digit makes the sum, weighted 3 and 1 from the right, a multiple of ten. */
    static boolean isSscc(String text) {
        if (!SSCC.matcher(text).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum += (text.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return sum % 10 == 0;
    }

    private List<ShipmentDocument.Line> lines(
            String parent, @Nullable List<WireShipment.@Nullable Line> wire, boolean closes) {
        if (wire == null || wire.isEmpty()) {
            faults.add(parent, "lines", "is required");
            return List.of();
        }
        if (wire.size() > MOST_LINES) {
            faults.add(parent, "lines", "has more than " + MOST_LINES);
            return List.of();
        }
        List<ShipmentDocument.Line> lines = new ArrayList<>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            String path = parent + "lines[" + i + "].";
            WireShipment.Line line = wire.get(i);
            if (line == null) {
                faults.add(parent, "lines[" + i + "]", "is required");
                continue;
            }
            String lineId = faults.key(path, "lineId", line.lineId(), 40);
            BigDecimal quantity = faults.required(path, "quantity", line.quantity(), QUANTITY_DECIMALS, false);
            if (quantity != null && quantity.signum() == 0 && !closes) {
                faults.add(path, "quantity", "must be above 0, unless the shipment closes its lines");
            }
            String lot = faults.optional(path, "lot", line.lot(), LONGEST_NUMBER);
            List<String> serials = serials(path, line.serialNumbers());
            if (lineId != null && quantity != null) {
                lines.add(new ShipmentDocument.Line(lineId, quantity, lot, serials));
            }
        }
        return lines;
    }

    private List<String> serials(String path, @Nullable List<@Nullable String> wire) {
        if (wire == null) {
            return List.of();
        }
        if (wire.size() > MOST_SERIALS) {
            faults.add(path, "serialNumbers", "has more than " + MOST_SERIALS);
            return List.of();
        }
        List<String> serials = new ArrayList<>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            String serial = faults.key(path, "serialNumbers[" + i + "]", wire.get(i), LONGEST_NUMBER);
            if (serial != null) {
                serials.add(serial);
            }
        }
        return serials;
    }
}
