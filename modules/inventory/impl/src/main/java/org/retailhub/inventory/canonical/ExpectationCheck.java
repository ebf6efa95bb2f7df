package org.retailhub.inventory.canonical;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.ExpectationDocument.Kind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/** The door's rules for a line of what is to come. Gathers every fault before it says no. */
public final class ExpectationCheck {
    public static final int MOST_BYTES = 16 << 10;
    private static final Duration FARTHEST = Duration.ofDays(3_650);
    private static final String KINDS =
            Arrays.stream(Kind.values()).map(Kind::wire).collect(Collectors.joining(", "));

    private ExpectationCheck() {}

    /**
     * @param body UTF-8 JSON
     * @throws RetailException {@link InventoryError#INVALID_EXPECTATION} with all faults, or an error of {@link StrictJson}
     */
    public static ExpectationDocument parse(byte[] body, Instant now) {
        WireExpectation wire = StrictJson.read(body, WireExpectation.class);
        Faults faults = new Faults();
        String source = faults.name("source", wire.source());
        Kind kind = kind(faults, wire.kind());
        String document = faults.key("document", wire.document(), 128);
        String line = faults.optional("line", wire.line(), 40);
        if (wire.version() == null || wire.version() < 1) {
            faults.add("version", wire.version() == null ? "is required" : "must be 1 or more");
        }
        String sku = MovementCheck.sku(faults, "sku", wire.sku());
        String location = faults.name("location", wire.location());
        if (wire.quantity() == null) {
            faults.add("quantity", "is required");
        }
        BigDecimal quantity = faults.orZero("quantity", wire.quantity());
        Instant expectedAt = faults.time("expectedAt", wire.expectedAt(), MovementCheck.EARLIEST, now.plus(FARTHEST));
        String orderDocument = faults.optional("orderDocument", wire.orderDocument(), 128);
        String orderLine = faults.optional("orderLine", wire.orderLine(), 40);
        if (kind == Kind.PURCHASE_ORDER && (orderDocument != null || orderLine != null)) {
            faults.add(orderDocument == null ? "orderLine" : "orderDocument", "is for an advice");
        } else if (orderDocument == null && orderLine != null) {
            faults.add("orderDocument", "is required with orderLine");
        }
        faults.refuse(InventoryError.INVALID_EXPECTATION);
        return new ExpectationDocument(
                MovementCheck.there(source),
                MovementCheck.there(kind),
                MovementCheck.there(document),
                line == null ? "" : line,
                MovementCheck.there(wire.version()),
                MovementCheck.there(sku),
                MovementCheck.there(location),
                MovementCheck.there(quantity),
                MovementCheck.there(expectedAt),
                orderDocument,
                orderDocument == null ? null : orderLine == null ? "" : orderLine);
    }

    private static @Nullable Kind kind(Faults faults, @Nullable String value) {
        for (Kind kind : Kind.values()) {
            if (kind.wire().equals(value)) {
                return kind;
            }
        }
        faults.add("kind", value == null ? "is required" : "must be one of " + KINDS);
        return null;
    }
}
