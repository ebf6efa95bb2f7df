package org.retailhub.inventory.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.platform.kernel.RetailException;

/** Any bytes as a file: the first line as a table's head, the rest as lines of it and as lines of JSON. */
class SnapshotFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        WireSnapshot.EXAMPLE_TABLE,
                        WireSnapshot.EXAMPLE_LINE,
                        "sku;quantity;location;unit;skuClass\n\"A \"\"b\"\"\";-0.5;x;EA;A\n;;;;\n\"\n\"\"x;1;2;3;4\n",
                        "sku\tlocation\tquantity\r\nM\u0000\tx\t1\r\n\u00fc\tx\t999999999.999\r\n",
                        "sku,location,quantity\n{\"quantity\":1e9,\"sku\":[null]}\n[]\n{}\nnull\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void eachLineIsACountOrSaysWhatIsWrong(byte @NotNull [] file) {
        int end = 0;
        while (end < file.length && file[end] != '\n') {
            end++;
        }
        judged(SnapshotFormat.of(""), file, 0);
        try {
            judged(SnapshotFormat.of(new String(file, 0, end, StandardCharsets.UTF_8)), file, end + 1);
        } catch (RetailException e) {
            assertEquals(InventoryError.INVALID_SNAPSHOT, e.code());
            assertEquals("head", e.field().orElseThrow());
        }
    }

    private static void judged(SnapshotFormat format, byte[] file, int from) {
        long number = from == 0 ? 1 : 2;
        int at = from;
        while (at < file.length) {
            int end = at;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            SnapshotLine line = format.read(number, Arrays.copyOfRange(file, at, end));
            if (line != null) {
                assertEquals(number, line.number());
                assertTrue(
                        line.count() == null
                                ? !line.faults().isEmpty()
                                : line.faults().isEmpty());
                line.faults().forEach(fault -> {
                    assertTrue(!fault.field().isEmpty() && !fault.message().isEmpty(), fault::toString);
                    assertTrue((fault.field() + fault.message()).indexOf('\0') < 0, "can be kept");
                });
                if (line.count() != null) {
                    assertEquals(3, line.count().counted().scale());
                    assertTrue(line.count().counted().precision() <= 12);
                }
            }
            at = end + 1;
            number++;
        }
    }
}
