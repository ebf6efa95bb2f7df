package org.retailhub.trade.uci;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * What {@code sums.awk} computes straight from the files, in another language and without a line of ours: the figures that the hub and
 * the ERP must come to.
 *
 * @param classes lines by {@link LineClass#text}
 * @param sales by the country's name: invoices, lines, pence
 * @param credits by the country's name: lines, pence
 * @param months units by "SKU, tab, month"
 * @param stock units by SKU
 * @param items units by SKU in capitals: returns and corrections
 */
record FileSums(
        Map<String, Long> classes,
        Map<String, List<Long>> sales,
        Map<String, List<Long>> credits,
        Map<String, Long> months,
        Map<String, Long> stock,
        Map<String, Long> items) {
    private static final String SCRIPT = "sums.awk";

    /** @throws IOException if awk is missing, or does not like the files */
    static FileSums of(List<Path> files) throws IOException {
        Path folder = Files.createTempDirectory("uci-sums");
        Path script = folder.resolve(SCRIPT);
        Path rows = folder.resolve("rows.csv");
        Path sums = folder.resolve("sums.tsv");
        try (InputStream text =
                Objects.requireNonNull(FileSums.class.getResourceAsStream(SCRIPT), "the script is in the jar")) {
            Files.write(script, text.readAllBytes());
            unpack(files, rows);
            int exit = new ProcessBuilder("awk", "-f", script.toString(), rows.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(sums.toFile())
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException("awk ended with " + exit);
            }
            return read(Files.readAllLines(sums));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            for (Path each : List.of(script, rows, sums, folder)) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static void unpack(List<Path> files, Path rows) throws IOException {
        try (BufferedWriter all = Files.newBufferedWriter(rows)) {
            for (Path file : files) {
                try (BufferedReader text = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                    text.readLine();
                    for (String row = text.readLine(); row != null; row = text.readLine()) {
                        all.write(row);
                        all.write('\n');
                    }
                }
            }
        }
    }

    static FileSums read(List<String> lines) throws IOException {
        FileSums sums = new FileSums(
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (String line : lines) {
            String[] fields = line.split("\t");
            List<Long> values = Arrays.stream(fields)
                    .skip(fields[0].equals("month") ? 3 : 2)
                    .map(Long::valueOf)
                    .toList();
            switch (fields[0]) {
                case "class" -> sums.classes.put(fields[1], values.get(0));
                case "sales" -> sums.sales.put(fields[1], values);
                case "credit" -> sums.credits.put(fields[1], values);
                case "month" -> sums.months.put(fields[1] + "\t" + fields[2], values.get(0));
                case "stock" -> sums.stock.put(fields[1], values.get(0));
                case "item" -> sums.items.put(fields[1], values.get(0));
                default -> throw new IOException("what is this: " + line);
            }
        }
        return sums;
    }
}
