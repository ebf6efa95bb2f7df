package org.retailhub.order.canonical;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;

/** Any bytes at the order's door; the fuzzer looks for paths that nobody has thought of ({@code test --deep}, else the seeds only). */
class OrderFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(OrderCheckTest.SAMPLE, OrderCheckTest.RICH, "{\"lines\":[{\"quantity\":1e9}]}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void isAnOrderOrARefusalThatSaysWhere(byte @NotNull [] body) {
        try {
            OrderDocument document = OrderCheck.parse(body, OrderCheckTest.NOW);
            assertTrue(document.totals().grand().precision() <= 19, "what a database can hold");
        } catch (RetailException e) {
            assertTrue(
                    e.kind() == ErrorKind.INVALID || e.kind() == ErrorKind.REFUSED,
                    () -> e.code().code() + " is not the sender's fault");
            assertTrue(
                    e.field().isPresent() || e.detail().matches("(?s).*line \\d+, column \\d+.*"),
                    () -> "does not say where: " + e.detail());
        }
    }
}
