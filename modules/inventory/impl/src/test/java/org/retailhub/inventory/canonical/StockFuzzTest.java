package org.retailhub.inventory.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/**
 * Any bytes at the doors of movements, of reservations and of what is done with one. One test for the three, since a run of the fuzzer has
 * time for one ({@code test --deep}, else the seeds only).
 */
class StockFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        WireMovement.EXAMPLE,
                        WireReservation.EXAMPLE,
                        WireStep.EXAMPLE,
                        "{\"lines\":[{\"quantity\":1e9,\"components\":[null]},null]}",
                        "{\"document\":\"a\",\"items\":[{\"sku\":\"A\",\"location\":\"b\",\"quantity\":999999999.999},"
                                + "{\"sku\":\"A\",\"location\":\"b\",\"quantity\":0.001}]}",
                        "{\"feed\":\"f\",\"document\":\"#\\u007f/%\",\"kind\":\"count-correction\",\"quantity\":-0.0}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void isWellFormedOrARefusalThatSaysWhere(byte @NotNull [] body) {
        judged(body, StockFuzzTest::movement);
        judged(body, StockFuzzTest::reservation);
        judged(body, StockFuzzTest::step);
    }

    private static void judged(byte[] body, Consumer<byte[]> door) {
        try {
            door.accept(body);
        } catch (RetailException e) {
            assertTrue(
                    e.kind() == ErrorKind.INVALID || e.kind() == ErrorKind.REFUSED,
                    () -> e.code().code() + " is not the sender's fault");
            assertTrue(
                    e.field().isPresent() || e.detail().matches("(?s).*line \\d+, column \\d+.*"),
                    () -> "does not say where: " + e.detail());
        }
    }

    private static void movement(byte[] body) {
        MovementDocument movement = MovementCheck.parse(body, MovementCheckTest.NOW);
        assertFits(movement.quantity(), 12);
        assertTrue(movement.sourceKey().length() < 700, "fits into an index");
    }

    private static void reservation(byte[] body) {
        ReservationDocument document = ReservationCheck.parse(body, MovementCheckTest.NOW);
        assertEquals(document, ReservationDocument.read(document.json()), "kept as it was asked for");
        document.lines().forEach(line -> assertFits(line.quantity(), 12));
    }

    private static void step(byte[] body) {
        StepDocument step = StepDocument.check("", StrictJson.read(body, WireStep.class));
        // Twin items are summed, 200 at most.
        step.items().forEach(item -> assertFits(item.quantity(), 15));
    }

    private static void assertFits(BigDecimal quantity, int digits) {
        assertTrue(quantity.signum() != 0 && quantity.scale() == 3, quantity::toString);
        assertTrue(quantity.precision() <= digits, quantity::toString);
    }
}
