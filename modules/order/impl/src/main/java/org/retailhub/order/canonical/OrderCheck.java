package org.retailhub.order.canonical;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.rest.StrictJson;

/**
 * The door's rules for one order. Gathers every fault with its path before it says no; sums are compared only when all amounts
 * are readable, so that one fault is not told twice.
 */
public final class OrderCheck {
    public static final int MOST_LINES = 2_000;
    public static final int MOST_BYTES = 1 << 20;
    private static final int MOST_CHARGES = 200;
    private static final int MOST_DISCOUNTS = 50;
    private static final int MOST_METADATA = 30;
    private static final int PRICE_DECIMALS = 4;
    private static final int QUANTITY_DECIMALS = 3;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> PAYMENT_STATUS = Set.of("paid", "authorized", "pending");

    private final Faults faults = new Faults();
    private final Instant now;
    /** Of the currency; as many as any has while it is unknown, so that its fault is not told once per amount. */
    private int decimals = PRICE_DECIMALS;

    private OrderCheck(Instant now) {
        this.now = now;
    }

    /**
     * @param body UTF-8 JSON
     * @throws RetailException {@link OrderError#INVALID_ORDER} with all faults, or an error of {@link StrictJson}
     */
    public static OrderDocument parse(byte[] body, Instant now) {
        return check(StrictJson.read(body, WireOrder.class), now);
    }

    /** @throws RetailException {@link OrderError#INVALID_ORDER} with all faults */
    public static OrderDocument check(WireOrder wire, Instant now) {
        OrderCheck check = new OrderCheck(now);
        OrderDocument document = check.order(wire);
        List<RetailException.Violation> violations = check.faults.violations();
        if (!violations.isEmpty()) {
            RetailException.Violation first = violations.get(0);
            throw new RetailException(
                    OrderError.INVALID_ORDER,
                    first.field() + " " + first.message()
                            + (violations.size() > 1 ? " (and " + (violations.size() - 1) + " more)" : ""),
                    violations,
                    null);
        }
        return Objects.requireNonNull(document, "what is not there is a fault");
    }

    /** Null only with a fault. */
    private @Nullable OrderDocument order(WireOrder wire) {
        String channel = faults.key("", "channel", wire.channel(), 64);
        String channelOrderId = faults.key("", "channelOrderId", wire.channelOrderId(), 64);
        OffsetDateTime placedAt = placedAt(wire.placedAt());
        String currency = currency(wire.currency());
        List<OrderDocument.Line> lines = lines(wire.lines());
        List<OrderDocument.Charge> charges = charges(wire.charges());
        if (lines.isEmpty() && charges.isEmpty() && faults.none()) {
            faults.add("", "lines", "an order needs at least one line or charge");
        }
        OrderDocument.Totals totals = totals(wire.totals());
        if (totals != null && faults.none()) {
            new Sums(faults, decimals).compare(lines, charges, totals);
        }
        OrderDocument.Customer customer = customer(wire.customer());
        OrderDocument.Address shipTo = address(wire.shipTo());
        OrderDocument.Payment payment = payment(wire.payment());
        String notes = faults.optional("", "notes", wire.notes(), 1_000);
        Map<String, String> metadata = metadata(wire.metadata());
        if (channel == null || channelOrderId == null || placedAt == null || currency == null || totals == null) {
            return null;
        }
        return new OrderDocument(
                channel,
                channelOrderId,
                placedAt,
                currency,
                Boolean.TRUE.equals(wire.test()),
                customer,
                shipTo,
                lines,
                charges,
                totals,
                payment,
                notes,
                metadata);
    }

    /** A faulty text beside which the reading goes on: its order is refused. */
    private static String standIn(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static BigDecimal standIn(@Nullable BigDecimal number) {
        return number == null ? BigDecimal.ZERO : number;
    }

    private OrderDocument.@Nullable Customer customer(WireOrder.@Nullable Customer wire) {
        return wire == null
                ? null
                : new OrderDocument.Customer(
                        faults.optional("customer.", "reference", wire.reference(), 64),
                        faults.optional("customer.", "email", wire.email(), 254),
                        faults.optional("customer.", "name", wire.name(), 120));
    }

    private Map<String, String> metadata(@Nullable Map<String, String> wire) {
        if (wire == null) {
            return Map.of();
        }
        if (wire.size() > MOST_METADATA) {
            faults.add("", "metadata", "has more than " + MOST_METADATA + " entries");
            return Map.of();
        }
        Map<String, String> metadata = new TreeMap<>();
        wire.forEach((name, value) -> {
            if (name.isEmpty() || name.length() > 40 || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                faults.add("metadata.", name, "must be named by 1 to 40 printable ASCII characters");
            } else {
                String text = faults.optional("metadata.", name, value, 255);
                if (text != null) {
                    metadata.put(name, text);
                }
            }
        });
        return metadata;
    }

    private @Nullable OffsetDateTime placedAt(@Nullable String value) {
        String text = faults.required("", "placedAt", value, 40);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            Instant instant = time.toInstant();
            if (instant.isBefore(EARLIEST) || instant.isAfter(now.plus(CLOCK_SKEW))) {
                faults.add("", "placedAt", "must lie between the year 2000 and tomorrow");
            }
            return time;
        } catch (DateTimeParseException e) {
            faults.add("", "placedAt", "must be ISO 8601 with an offset, such as 2026-11-23T10:00:00+01:00");
            return null;
        }
    }

    private @Nullable String currency(@Nullable String code) {
        String text = faults.required("", "currency", code, 3);
        if (text == null) {
            return null;
        }
        try {
            decimals = Currency.getInstance(text).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            decimals = -1;
        }
        if (decimals < 0) {
            decimals = PRICE_DECIMALS;
            faults.add("", "currency", "must be a currency of ISO 4217");
        }
        return text;
    }

    private OrderDocument.@Nullable Address address(WireOrder.@Nullable Address wire) {
        if (wire == null) {
            return null;
        }
        String country = faults.required("shipTo.", "country", wire.country(), 2);
        if (country != null && !COUNTRIES.contains(country)) {
            faults.add("shipTo.", "country", "must be a country of ISO 3166-1, two capital letters");
        }
        return new OrderDocument.Address(
                faults.optional("shipTo.", "name", wire.name(), 120),
                faults.optional("shipTo.", "line1", wire.line1(), 120),
                faults.optional("shipTo.", "line2", wire.line2(), 120),
                faults.optional("shipTo.", "city", wire.city(), 60),
                faults.optional("shipTo.", "postalCode", wire.postalCode(), 20),
                faults.optional("shipTo.", "region", wire.region(), 60),
                standIn(country));
    }

    private List<OrderDocument.Line> lines(@Nullable List<WireOrder.Line> wire) {
        if (wire == null) {
            return List.of();
        }
        if (wire.size() > MOST_LINES) {
            faults.add("", "lines", "has more than " + MOST_LINES + " lines");
            return List.of();
        }
        List<OrderDocument.Line> lines = new ArrayList<>(wire.size());
        Set<String> lineIds = new HashSet<>(wire.size() * 2);
        for (int i = 0; i < wire.size(); i++) {
            String path = "lines[" + i + "].";
            WireOrder.Line line = wire.get(i);
            if (line == null) {
                faults.add("", "lines[" + i + "]", "must not be null");
                continue;
            }
            String lineId = faults.key(path, "lineId", line.lineId(), 40);
            if (lineId != null && !lineIds.add(lineId)) {
                faults.add(path, "lineId", "is used by another line");
            }
            lines.add(line(path, lineId, line));
        }
        return lines;
    }

    private OrderDocument.Line line(String path, @Nullable String lineId, WireOrder.Line wire) {
        String gtin = faults.optional(path, "gtin", wire.gtin(), 14);
        if (gtin != null && !Gtin.isValid(gtin)) {
            faults.add(path, "gtin", "must have 8, 12, 13 or 14 digits and a right check digit");
        }
        BigDecimal quantity = faults.required(path, "quantity", wire.quantity(), QUANTITY_DECIMALS, true);
        if (quantity != null && quantity.signum() <= 0) {
            faults.add(path, "quantity", "must be more than zero");
        }
        BigDecimal price = faults.required(path, "unitPrice", wire.unitPrice(), PRICE_DECIMALS, false);
        OrderDocument.Line line = new OrderDocument.Line(
                standIn(lineId),
                standIn(faults.key(path, "sku", wire.sku(), Sku.MAX_LENGTH)),
                gtin,
                faults.optional(path, "name", wire.name(), 255),
                shortest(standIn(quantity), 0),
                shortest(standIn(price), decimals),
                standIn(faults.orZero(path, "tax", wire.tax(), decimals, false)),
                discounts(path, wire.discounts()));
        if (faults.none() && Sums.amount(line, decimals).signum() < 0) {
            faults.add(path, "discounts", "are more than the line's amount");
        }
        return line;
    }

    private static BigDecimal shortest(BigDecimal number, int leastScale) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < leastScale ? stripped.setScale(leastScale) : stripped;
    }

    private List<OrderDocument.Discount> discounts(String path, @Nullable List<WireOrder.Discount> wire) {
        if (wire == null || wire.isEmpty()) {
            return List.of();
        }
        if (wire.size() > MOST_DISCOUNTS) {
            faults.add(path, "discounts", "has more than " + MOST_DISCOUNTS + " discounts");
            return List.of();
        }
        List<OrderDocument.Discount> discounts = new ArrayList<>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            WireOrder.Discount discount = wire.get(i);
            if (discount == null) {
                faults.add(path, "discounts[" + i + "]", "must not be null");
                continue;
            }
            String at = path + "discounts[" + i + "].";
            discounts.add(new OrderDocument.Discount(
                    standIn(faults.required(at, "amount", discount.amount(), decimals, false)),
                    faults.optional(at, "reason", discount.reason(), 120)));
        }
        return discounts;
    }

    private List<OrderDocument.Charge> charges(@Nullable List<WireOrder.Charge> wire) {
        if (wire == null) {
            return List.of();
        }
        if (wire.size() > MOST_CHARGES) {
            faults.add("", "charges", "has more than " + MOST_CHARGES + " charges");
            return List.of();
        }
        List<OrderDocument.Charge> charges = new ArrayList<>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            WireOrder.Charge charge = wire.get(i);
            if (charge == null) {
                faults.add("", "charges[" + i + "]", "must not be null");
                continue;
            }
            String path = "charges[" + i + "].";
            String type = faults.required(path, "type", charge.type(), 32);
            if (type != null && !isWord(type)) {
                faults.add(path, "type", "must be small letters, digits and hyphens, a letter first");
            }
            charges.add(new OrderDocument.Charge(
                    standIn(type),
                    faults.optional(path, "description", charge.description(), 255),
                    standIn(faults.required(path, "amount", charge.amount(), decimals, true)),
                    standIn(faults.orZero(path, "tax", charge.tax(), decimals, true))));
        }
        return charges;
    }

    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || (c < '0' || c > '9') && c != '-')) {
                return false;
            }
        }
        return true;
    }

    private OrderDocument.@Nullable Payment payment(WireOrder.@Nullable Payment wire) {
        if (wire == null) {
            return null;
        }
        String status = faults.required("payment.", "status", wire.status(), 20);
        if (status != null && !PAYMENT_STATUS.contains(status)) {
            faults.add("payment.", "status", "must be paid, authorized or pending");
        }
        return new OrderDocument.Payment(
                standIn(status),
                faults.optional("payment.", "method", wire.method(), 40),
                faults.optional("payment.", "reference", wire.reference(), 120));
    }

    private OrderDocument.@Nullable Totals totals(WireOrder.@Nullable Totals wire) {
        if (wire == null) {
            faults.add("", "totals", "is required");
            return null;
        }
        return new OrderDocument.Totals(
                standIn(faults.required("totals.", "goods", wire.goods(), decimals, false)),
                standIn(faults.orZero("totals.", "shipping", wire.shipping(), decimals, false)),
                standIn(faults.orZero("totals.", "shippingTax", wire.shippingTax(), decimals, false)),
                standIn(faults.orZero("totals.", "charges", wire.charges(), decimals, true)),
                standIn(faults.orZero("totals.", "tax", wire.tax(), decimals, true)),
                standIn(faults.required("totals.", "grand", wire.grand(), decimals, false)));
    }
}
