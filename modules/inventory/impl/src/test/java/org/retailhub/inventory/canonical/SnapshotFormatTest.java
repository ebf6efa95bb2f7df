package org.retailhub.inventory.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.platform.kernel.RetailException;

class SnapshotFormatTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void readsCommasSemicolonsTabsAndQuotes() {
        assertEquals("MUG berlin-1 40.000 null ''", read("sku,location,quantity", "MUG,berlin-1,40"));
        assertEquals("MUG berlin-1 0.000 EA 'A'", read("SKU;Quantity;Location;Unit;skuClass", "MUG;0;berlin-1;EA;A"));
        assertEquals(
                "A \"B\", C berlin-1 -1.500 null ''",
                read("sku\tlocation\tquantity", "\"A \"\"B\"\", C\"\tberlin-1\t-1.5\r"));
    }

    @Test
    void passesOverBlankLinesAndTheHead() {
        SnapshotFormat format = SnapshotFormat.of("sku,location,quantity");
        assertNull(format.read(1, bytes("sku,location,quantity")));
        assertNull(format.read(2, bytes(" \r")));
        assertNull(SnapshotFormat.of("").read(1, bytes("")));
    }

    @Test
    void namesTheFieldsOfALineThatCannotBeUsed() {
        assertEquals("quantity location", fields("sku,location,quantity", "MUG,a b,x"));
        assertEquals("line", fields("sku,location,quantity", "MUG,berlin-1"));
        assertEquals("line", fields("sku,location,quantity", "MUG,berlin-1,1,2"));
        assertEquals("line", fields("sku,location,quantity", "\"MUG,berlin-1,1"));
        assertEquals("line", fields("sku,location,quantity", "\"MUG\"x,berlin-1,1"));
        assertEquals("sku", fields("sku,location,quantity", ",berlin-1,1"));
        assertEquals("sku", fields("sku,location,quantity", "M\u0001,berlin-1,1"));
        assertEquals("line", fields("sku,location,quantity", "M\u0000,berlin-1,1"));
        assertEquals("quantity", fields("", "{\"sku\":\"MUG\",\"location\":\"berlin-1\",\"quantity\":1e99}"));
        assertEquals("colour", fields("", "{\"colour\":1}"));
        assertEquals("line", fields("", "{"));
    }

    @Test
    void takesNoLineThatIsLongerThanAnyMayBe() {
        String longest = "MUG,berlin-1," + "1".repeat(SnapshotFormat.MOST_LINE_BYTES);
        assertEquals("line", fields("sku,location,quantity", longest));
        assertEquals("line", fields("", " ".repeat(SnapshotFormat.MOST_LINE_BYTES) + "{"));
    }

    @Test
    void takesNoLineThatIsNotUtf8() {
        byte[] latin = "M\u00dcG,berlin-1,1".getBytes(StandardCharsets.ISO_8859_1);
        SnapshotLine line = SnapshotFormat.of("sku,location,quantity").read(7, latin);
        assertEquals(7, line.number());
        assertEquals("is not UTF-8", line.faults().get(0).message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sku,location",
                "sku,location,quantity,quantity",
                "sku,location,quantity,colour",
                "\"sku",
                "1,2,3"
            })
    void refusesAHeadThatDoesNotSayWhatIsWhere(String head) {
        RetailException refused = assertThrows(RetailException.class, () -> SnapshotFormat.of(head));
        assertEquals(InventoryError.INVALID_SNAPSHOT, refused.code());
        assertEquals("head", refused.field().orElseThrow());
    }

    @Test
    void namesAllThatIsWrongWithWhoseItIs() {
        RetailException refused = assertThrows(
                RetailException.class, () -> SnapshotHeader.check("a b", "", "tms", "2026-11-23T12:06:00Z", NOW));
        assertEquals(
                List.of("source", "snapshot", "system", "takenAt"),
                refused.violations().stream()
                        .map(RetailException.Violation::field)
                        .toList());
        assertEquals(
                Instant.parse("2026-11-23T09:00:00Z"),
                SnapshotHeader.check("wms-1", "1", "wms", "2026-11-23T10:00:00 01:00", NOW)
                        .takenAt());
    }

    private static String read(String head, String line) {
        SnapshotLine read = SnapshotFormat.of(head).read(2, bytes(line));
        assertEquals(List.of(), read.faults());
        SnapshotLine.Count count = read.count();
        return count.sku() + " " + count.location() + " " + count.counted().toPlainString() + " " + count.unit() + " '"
                + count.skuClass() + "'";
    }

    private static String fields(String head, String line) {
        SnapshotLine read = SnapshotFormat.of(head).read(2, bytes(line));
        assertNull(read.count());
        assertTrue(read.faults().size() > 0);
        return String.join(
                " ",
                read.faults().stream()
                        .map(RetailException.Violation::field)
                        .distinct()
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
