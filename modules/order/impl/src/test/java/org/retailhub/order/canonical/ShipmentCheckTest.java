package org.retailhub.order.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.RetailException;

class ShipmentCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-24T16:00:00Z");

    private static ShipmentDocument parse(String json) {
        return ShipmentCheck.parse(json.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static List<String> faults(String json) {
        RetailException refused = assertThrows(RetailException.class, () -> parse(json));
        assertEquals(OrderError.INVALID_SHIPMENT, refused.code());
        return refused.violations().stream()
                .map(RetailException.Violation::field)
                .toList();
    }

    @Test
    void takesTheExampleOfTheApiDocument() {
        ShipmentDocument shipment = parse(WireShipment.EXAMPLE);
        assertEquals("WH1-4711", shipment.shipmentNumber());
        assertEquals(shipment, OrderJson.readShipment(OrderJson.write(shipment)));
    }

    @Test
    void saysTheSameWhateverTheFormOfANumber() {
        String other = WireShipment.EXAMPLE.replace("\"quantity\":1}", "\"quantity\":\"1.000\"}");
        assertEquals(OrderJson.write(parse(WireShipment.EXAMPLE)), OrderJson.write(parse(other)));
    }

    @Test
    void namesEveryFault() {
        assertEquals(List.of("shipmentNumber", "location", "shippedAt", "lines"), faults("{}"));
        assertEquals(
                List.of(
                        "location",
                        "shippedAt",
                        "parcels[0].sscc",
                        "parcels[0].trackingUrl",
                        "lines[0].quantity",
                        "lines[1].lineId",
                        "lines[1].quantity",
                        "lines[1].serialNumbers[0]"),
                faults("""
                        {"shipmentNumber":"1","location":"a b","shippedAt":"2027-01-01T00:00:00Z",
                         "parcels":[{"sscc":"340123450000000001","trackingUrl":"ftp://x"}],
                         "lines":[{"lineId":"1","quantity":0},{"quantity":"1.0001","serialNumbers":[""]}]}"""));
    }

    @Test
    void takesNothingOfALineOnlyIfItIsClosed() {
        String json = """
                {"shipmentNumber":"1","location":"a","shippedAt":"2026-11-24T15:00:00Z","lines":[{"lineId":"1","quantity":0}],"closesLines":%s}""";
        assertTrue(parse(json.formatted("true")).closesLines());
        assertEquals(List.of("lines[0].quantity"), faults(json.formatted("false")));
    }

    @Test
    void knowsTheCheckDigitOfALogisticUnit() {
        assertTrue(ShipmentCheck.isSscc("340123450000000000"));
        assertTrue(ShipmentCheck.isSscc("106141411234567897"));
        assertFalse(ShipmentCheck.isSscc("106141411234567898"));
        assertFalse(ShipmentCheck.isSscc("10614141123456789"));
    }
}
