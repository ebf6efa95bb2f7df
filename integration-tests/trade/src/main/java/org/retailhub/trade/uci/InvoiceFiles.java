package org.retailhub.trade.uci;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Reads the daily files of one month. An invoice is all lines of its number, in whatever minute they were keyed in. */
final class InvoiceFiles {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private InvoiceFiles() {}

    /** @param month such as {@code 2010-12}: the beginning of the files' names */
    static List<Path> of(Path folder, String month) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(month)
                            && file.getFileName().toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    static List<Invoice> read(List<Path> files) {
        Map<String, List<CSVRecord>> byNumber = new LinkedHashMap<>();
        for (Path file : files) {
            try (Reader text = new InputStreamReader(
                            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8);
                    var records = FORMAT.parse(text)) {
                for (CSVRecord each : records) {
                    byNumber.computeIfAbsent(each.get("InvoiceNo"), number -> new ArrayList<>())
                            .add(each);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return byNumber.values().stream().map(InvoiceFiles::invoice).toList();
    }

    private static Invoice invoice(List<CSVRecord> lines) {
        CSVRecord first = lines.get(0);
        List<Invoice.Item> items = lines.stream()
                .map(line -> new Invoice.Item(
                        line.get("StockCode").strip(),
                        line.get("Description").strip(),
                        Integer.parseInt(line.get("Quantity")),
                        new BigDecimal(line.get("UnitPrice"))))
                .toList();
        return new Invoice(
                first.get("InvoiceNo"),
                LocalDateTime.parse(first.get("InvoiceDate"), TIME),
                first.get("CustomerID").replaceAll("\\.0$", ""),
                first.get("Country"),
                items);
    }
}
