package org.retailhub.inventory.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.api.ReleaseStock;
import org.retailhub.inventory.api.ReserveStock;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** What the door makes of a reservation, and of what is done with one. */
class ReservationCheckTest {
    @Test
    void readsTheExampleOfTheDocumentAndWritesItOneWay() {
        ReservationDocument document = parse(WireReservation.EXAMPLE);
        assertEquals(new BigDecimal("2.000"), document.lines().get(0).quantity());
        assertEquals(2, document.lines().get(1).components().size());
        assertEquals(document, ReservationDocument.read(document.json()));
        assertEquals(
                List.of("partial", "lines[0].quantity", "lines[1].components[0].sku"),
                ReservationDocument.differences(
                        document.json(),
                        parse(WireReservation.EXAMPLE
                                        .replace("\"quantity\":2}", "\"quantity\":\"3\"}")
                                        .replace(
                                                "\"sku\":\"MUG-WHITE\",\"quantity\":4",
                                                "\"sku\":\"MUG-RED\",\"quantity\":4")
                                        .replace("\"lines\"", "\"partial\":true,\"lines\""))
                                .json()));
    }

    @Test
    void namesEachFaultyField() {
        assertEquals(
                List.of(
                        "reference",
                        "expiresAt",
                        "lines[0].lineId",
                        "lines[0].sku",
                        "lines[0].location",
                        "lines[0].quantity",
                        "lines[1]",
                        "lines[2].components[0].sku",
                        "lines[2].components[0].quantity",
                        "lines[2].components[1]",
                        "lines[3].quantity"),
                faults(
                        "{\"expiresAt\":\"2028-11-23T12:00:00Z\",\"lines\":[{\"quantity\":-1},null,"
                                + "{\"lineId\":\"1\",\"sku\":\"A\",\"location\":\"b\",\"quantity\":1,\"components\":[{},null]},"
                                + "{\"lineId\":\"1\",\"sku\":\"A\",\"location\":\"b\",\"quantity\":1.5,\"components\":[{\"sku\":\"B\",\"quantity\":1}]}]}"));
        assertEquals(List.of("lines"), faults("{\"reference\":\"r\",\"lines\":[]}"));
        assertEquals(List.of("lines"), faults("{\"reference\":\"r\"}"));
    }

    @Test
    void sumsTwinItemsOfAStep() {
        StepDocument step = StepDocument.check("", new WireStep("S-1", List.of(item("2"), item("0.5"))));
        assertEquals("berlin-1/MUG 2.500", step.content());
        assertEquals("all", StepDocument.check("", new WireStep("S-1", null)).content());
    }

    @Test
    void apiAndDoorKnowTheSameReservation() {
        assertEquals(
                MovementCheckTest.names(ReserveStock.Reservation.class),
                MovementCheckTest.names(WireReservation.class));
        assertEquals(
                MovementCheckTest.names(ReserveStock.Line.class), MovementCheckTest.names(WireReservation.Line.class));
        assertEquals(
                MovementCheckTest.names(ReserveStock.Component.class),
                MovementCheckTest.names(WireReservation.Component.class));
        assertEquals(MovementCheckTest.names(ReleaseStock.Item.class), MovementCheckTest.names(WireStep.Item.class));
    }

    private static WireStep.Item item(String quantity) {
        return new WireStep.Item("MUG", "berlin-1", quantity);
    }

    private static ReservationDocument parse(String json) {
        return ReservationCheck.parse(json.getBytes(StandardCharsets.UTF_8), MovementCheckTest.NOW);
    }

    private static List<String> faults(String json) {
        try {
            parse(json);
            return List.of();
        } catch (RetailException e) {
            assertEquals(InventoryError.INVALID_RESERVATION, e.code());
            return e.violations().stream().map(Violation::field).toList();
        }
    }
}
