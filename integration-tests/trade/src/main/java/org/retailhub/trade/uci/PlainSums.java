package org.retailhub.trade.uci;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * What the ERP must come to, straight from the files: shares no code with the way through the hub. Two passes over the text from its
 * right end (the last five fields hold no comma, only the description in the middle may), money in integers of 1/10,000.
 */
final class PlainSums {
    /** @param pence each line rounded half up, then summed */
    record Sum(long invoices, long lines, long pence) {}

    private static final long TEN_THOUSAND = 10_000;

    private PlainSums() {}

    /** By the country's name as the files have it. */
    static Map<String, Sum> of(List<Path> files) throws IOException {
        Set<String> notSold = new HashSet<>();
        Set<String> somethingSold = new HashSet<>();
        each(files, (number, quantity, price, country) -> {
            if (!number.matches("[0-9]+") || quantity.signum() <= 0) {
                notSold.add(number);
            } else if (price.signum() > 0) {
                somethingSold.add(number);
            }
        });
        somethingSold.removeAll(notSold);
        Map<String, long[]> sums = new TreeMap<>();
        Map<String, String> countryOf = new HashMap<>();
        each(files, (number, quantity, price, country) -> {
            if (somethingSold.contains(number)) {
                long[] sum = sums.computeIfAbsent(country, name -> new long[3]);
                String before = countryOf.put(number, country);
                if (before == null) {
                    sum[0]++;
                } else if (!before.equals(country)) {
                    throw new IllegalStateException("invoice " + number + " goes to " + before + " and " + country);
                }
                sum[1]++;
                // 1/10,000 to pence, half up; nothing is negative here.
                sum[2] += quantity.multiply(price)
                        .add(BigInteger.valueOf(50))
                        .divide(BigInteger.valueOf(100))
                        .longValueExact();
            }
        });
        Map<String, Sum> result = new TreeMap<>();
        sums.forEach((country, sum) -> result.put(country, new Sum(sum[0], sum[1], sum[2])));
        return result;
    }

    private interface Line {
        void of(String number, BigInteger quantity, BigInteger tenThousandths, String country);
    }

    private static void each(List<Path> files, Line line) throws IOException {
        for (Path file : files) {
            try (BufferedReader text = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                String header = text.readLine();
                if (!"InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
                        .equals(header)) {
                    throw new IOException(file + " has other columns: " + header);
                }
                for (String row = text.readLine(); row != null; row = text.readLine()) {
                    String[] tail = new String[5];
                    int end = row.length();
                    for (int i = 4; i >= 0; i--) {
                        int comma = row.lastIndexOf(',', end - 1);
                        tail[i] = row.substring(comma + 1, end);
                        end = comma;
                    }
                    line.of(
                            row.substring(0, row.indexOf(',')),
                            new BigInteger(tail[0]),
                            tenThousandths(tail[2]),
                            tail[4]);
                }
            }
        }
    }

    private static BigInteger tenThousandths(String price) {
        int point = price.indexOf('.');
        String whole = point < 0 ? price : price.substring(0, point);
        String fraction = point < 0 ? "" : price.substring(point + 1);
        if (fraction.length() > 4) {
            throw new IllegalStateException("a price of more than 4 decimals: " + price);
        }
        BigInteger value = BigInteger.valueOf(Long.parseLong((fraction + "0000").substring(0, 4)));
        BigInteger units = new BigInteger(whole).multiply(BigInteger.valueOf(TEN_THOUSAND));
        return whole.startsWith("-") ? units.subtract(value) : units.add(value);
    }
}
