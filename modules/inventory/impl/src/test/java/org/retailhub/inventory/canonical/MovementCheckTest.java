package org.retailhub.inventory.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.RecordMovement;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** What the door makes of a movement. */
class MovementCheckTest {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void readsTheExampleOfTheDocument() {
        MovementDocument movement = parse(WireMovement.EXAMPLE);
        assertEquals(MovementKind.SALE, movement.kind());
        assertEquals(new BigDecimal("-2.000"), movement.quantity());
        assertEquals("#4711/1", movement.sourceKey());
        assertEquals(Instant.parse("2026-11-23T09:00:00Z"), movement.occurredAt());
    }

    @Test
    void namesEachFaultyField() {
        List<String> faults = faults(
                "{\"feed\":\"pos berlin\",\"sequence\":0,\"kind\":\"theft\",\"sku\":\" A\",\"location\":\"\",\"quantity\":\"1e3\","
                        + "\"occurredAt\":\"yesterday\",\"reason\":\"a\\tb\"}");
        assertEquals(
                List.of("feed", "sequence", "kind", "sku", "location", "quantity", "occurredAt", "reason"), faults);
    }

    @Test
    void wantsANumberOrADocument() {
        assertEquals(
                List.of("sequence"),
                faults(with("\"sequence\":4711,", "").replace(",\"document\":\"R-2026-11-23-17\"", "")));
        assertEquals("R-2026-11-23-17/1", parse(with("\"sequence\":4711,", "")).sourceKey());
    }

    @Test
    void keepsADocumentWithASlashApartFromALine() {
        assertEquals("a%2Fb", RecordMovement.sourceKey(null, "a/b", null));
        assertEquals("a/b", RecordMovement.sourceKey(null, "a", "b"));
        assertEquals("%231", RecordMovement.sourceKey(null, "#1", null));
    }

    @Test
    void wantsTheSignOfTheKind() {
        assertEquals(List.of("quantity"), faults(with("\"-2\"", "2")));
        assertEquals(List.of("quantity"), faults(with("\"-2\"", "0")));
        assertEquals(List.of("quantity"), faults(with("\"-2\"", "-0.0001")));
        assertEquals(List.of("quantity"), faults(with("\"-2\"", "-1000000000")));
        assertEquals(List.of("quantity"), faults(with("\"sale\"", "\"receipt\"")));
        assertEquals(
                new BigDecimal("-0.250"),
                parse(with("\"-2\"", "-0.25").replace("sale", "adjustment")).quantity());
    }

    @Test
    void takesNoKindThatReservationsMake() {
        for (MovementKind kind : MovementKind.values()) {
            List<String> expected = kind.isTold() ? List.of() : List.of("kind");
            String quantity = kind.sign() > 0 ? "2" : "-2";
            assertEquals(expected, faults(with("\"-2\"", quantity).replace("sale", kind.wire())), kind::wire);
        }
    }

    @Test
    void takesWhatHappenedDaysAgoAndNothingOfTomorrow() {
        assertEquals(
                Instant.parse("2026-10-01T08:00:00Z"),
                parse(with("2026-11-23T10:00:00+01:00", "2026-10-01T08:00:00Z")).occurredAt());
        assertEquals(List.of("occurredAt"), faults(with("2026-11-23T10:00:00+01:00", "2026-11-24T12:00:01Z")));
        assertEquals(List.of("occurredAt"), faults(with("2026-11-23T10:00:00+01:00", "1999-12-31T23:59:59Z")));
    }

    @Test
    void tellsEachFieldThatDiffers() {
        MovementDocument one = parse(WireMovement.EXAMPLE);
        assertEquals(List.of(), one.differences(parse(with("\"-2\"", "-2.0"))));
        assertEquals(
                List.of("sku", "quantity", "erpKnows"),
                one.differences(parse(with("MUG-WHITE", "MUG-RED").replace("\"-2\"", "-3,\"erpKnows\":true"))));
    }

    private static String with(String part, String other) {
        String changed = WireMovement.EXAMPLE.replace(part, other);
        assertEquals(false, changed.equals(WireMovement.EXAMPLE), part);
        return changed;
    }

    private static MovementDocument parse(String json) {
        return MovementCheck.parse(json.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static List<String> faults(String json) {
        try {
            parse(json);
            return List.of();
        } catch (RetailException e) {
            assertEquals(InventoryError.INVALID_MOVEMENT, e.code());
            return e.violations().stream().map(Violation::field).toList();
        }
    }

    /** What others send as a command is what the door reads: same names. */
    @Test
    void apiAndDoorKnowTheSameMovement() {
        assertEquals(names(RecordMovement.Movement.class), names(WireMovement.class));
        assertThrows(NullPointerException.class, () -> new RecordMovement(null));
    }

    static List<String> names(Class<?> type) {
        return new ArrayList<>(Arrays.stream(type.getRecordComponents())
                .map(part -> part.getName())
                .toList());
    }
}
