package org.retailhub.trade.uci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The independent script and our own classes of lines, on lines of our own that have each trap of the files. */
class FileSumsTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private static final String ROWS = """
            1,84077,"BOX, 7"" WIDE ",3,2010-12-01 09:00:00,1.255,17850.0,France
            1,84077a,BOX,1,2010-12-01 09:01:00,0.0,17850.0,France
            1,POST,POSTAGE,1,2010-12-01 09:00:00,18.0,17850.0,France
            C2,84077,BOX,-2,2010-12-31 23:59:00,1.255,17850.0,France
            C2,D,Discount,-1,2010-12-31 23:59:00,27.505,17850.0,France
            3,84077,smashed,-4,2010-12-01 09:00:00,0.0,,United Kingdom
            4,84077A,,56,2010-12-01 09:00:00,0.0,,United Kingdom
            5,M,,-1,2010-12-01 09:00:00,0.0,,United Kingdom
            A6,B,Adjust bad debt,1,2010-12-01 09:00:00,-11062.06,,United Kingdom
            7,22423,CAKESTAND,2,2010-12-01 10:00:00,12.75,,Unspecified
            """;

    @TempDir
    Path folder;

    private List<Path> files(String rows) throws IOException {
        Path file = folder.resolve("2010-12-01.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + rows).getBytes(StandardCharsets.UTF_8));
        }
        return InvoiceFiles.of(folder, "");
    }

    @Test
    void roundsEachLineHalfUpAndCountsWhatIsSold() throws IOException {
        FileSums sums = FileSums.of(files(ROWS));
        // 3 × 1.255 = 3.765, up to 3.77; 18.00.
        assertEquals(Map.of("France", List.of(1L, 3L, 2177L), "Unspecified", List.of(1L, 1L, 2550L)), sums.sales());
        // Away from zero, as the hub rounds.
        assertEquals(Map.of("France", List.of(1L, -2751L)), sums.credits());
    }

    @Test
    void movesWhatIsSoldReturnedAndCorrected() throws IOException {
        FileSums sums = FileSums.of(files(ROWS));
        assertEquals(
                Map.of("84077\t2010-12", -5L, "84077a\t2010-12", -1L, "84077A\t2010-12", 56L, "22423\t2010-12", -2L),
                sums.months());
        assertEquals(Map.of("84077", -5L, "84077a", -1L, "84077A", 56L, "22423", -2L), sums.stock());
        assertEquals(Map.of("84077", -2L, "84077A", 56L), sums.items());
    }

    @Test
    void classesEachLineAsTheScriptDoes() throws IOException {
        Map<String, Long> classes = new TreeMap<>();
        Map<String, Long> stock = new TreeMap<>();
        List<Path> files = files(ROWS);
        for (Invoice invoice : InvoiceFiles.read(files)) {
            for (Invoice.Item item : invoice.items()) {
                LineClass kind = LineClass.of(invoice, item);
                classes.merge(kind.text(), 1L, Long::sum);
                if (kind.moves(item).signum() != 0) {
                    stock.merge(item.code(), kind.moves(item).longValueExact(), Long::sum);
                }
            }
        }
        FileSums sums = FileSums.of(files);
        assertEquals(sums.classes(), classes);
        assertEquals(sums.stock(), stock);
        assertEquals(
                Map.of(
                        "sold",
                        3L,
                        "charged",
                        1L,
                        "returned",
                        1L,
                        "credited",
                        1L,
                        "corrected",
                        2L,
                        "without-effect",
                        1L,
                        "bad-debt",
                        1L),
                classes);
    }

    @Test
    void hasNoClassForAnInvoiceThatSellsAndTakesBack() {
        Invoice.Item sold = new Invoice.Item("1", "", 1, BigDecimal.ONE);
        Invoice.Item back = new Invoice.Item("2", "", -1, BigDecimal.ONE);
        Invoice both = new Invoice(
                "8", java.time.LocalDateTime.parse("2010-12-01T09:00:00"), "", "France", List.of(sold, back));
        assertThrows(IllegalArgumentException.class, () -> LineClass.of(both, back));
    }

    @Test
    void namesEachDifference() {
        List<String> faults = new ArrayList<>();
        UciYear.differ("units of", Map.of("a", 1L, "b", 2L), Map.of("a", 1L, "c", 3L), faults);
        assertEquals(List.of("units of b: 2 in the files, null here", "units of c: none in the files, 3 here"), faults);
    }
}
