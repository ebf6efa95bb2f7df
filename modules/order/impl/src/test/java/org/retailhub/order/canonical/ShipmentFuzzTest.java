package org.retailhub.order.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;

/** Any bytes at the shipments' door; the fuzzer looks for paths that nobody has thought of ({@code test --deep}, else the seeds only). */
class ShipmentFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-24T16:00:00Z");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        WireShipment.EXAMPLE,
                        "{\"lines\":[null,{\"quantity\":1e9,\"serialNumbers\":[null]}],\"parcels\":[null,{}]}",
                        "{\"shipmentNumber\":\" a\",\"closesLines\":\"yes\"}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void isAShipmentOrARefusalThatSaysWhere(byte @NotNull [] body) {
        try {
            ShipmentDocument shipment = ShipmentCheck.parse(body, NOW);
            assertEquals(shipment, OrderJson.readShipment(OrderJson.write(shipment)));
        } catch (RetailException e) {
            assertEquals(ErrorKind.INVALID, e.kind(), e.code().code());
            assertTrue(
                    e.field().isPresent() || e.detail().matches("(?s).*line \\d+, column \\d+.*"),
                    () -> "does not say where: " + e.detail());
        }
    }
}
