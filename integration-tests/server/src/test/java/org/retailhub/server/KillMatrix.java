package org.retailhub.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The points found, those that are tried, and the table of what happened. */
final class KillMatrix {
    private static final String HEADER =
            "flow\tpoint\tsent\tacknowledged\tdocuments\tdoubled\tpartial\tout of order\tprepared left\tverdict\n";
    private static final long SEED = 20261123;
    private static final Path FOLDER = Path.of(System.getProperty("retail.checkout"), "integration-tests/target");
    private static final String ORDERS = "kill";

    private KillMatrix() {}

    /** A point of the flow that takes orders in. */
    static String intake(String point) {
        return "intake-order | " + point;
    }

    /** A point of the drain that posts to the ERP. */
    static String postings(String point) {
        return "drain-erp.postings.idempiere | " + point;
    }

    /** Begins the table anew; all points that were found go into a file of their own. */
    static void begin(Collection<String> found) {
        begin(ORDERS, HEADER, found);
    }

    /** @param name of a table beside that of orders */
    static void begin(String name, String header, Collection<String> found) {
        write(
                FOLDER.resolve(name + "-matrix.tsv"),
                header,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        write(
                FOLDER.resolve(name + "-points.txt"),
                String.join("\n", found) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    static void row(String point, Books.Audit audit, String verdict) {
        row(
                ORDERS,
                point,
                List.of(
                        audit.sent(),
                        audit.acknowledged(),
                        audit.documents(),
                        audit.doubled(),
                        audit.partial(),
                        audit.outOfOrder(),
                        audit.preparedLeft()),
                verdict);
    }

    static void row(String name, String point, List<Integer> counts, String verdict) {
        int bar = point.indexOf(" | ");
        List<String> cells = new ArrayList<>();
        cells.add(point.substring(0, bar));
        cells.add(point.substring(bar + 3).replace(" | ", ": "));
        counts.forEach(count -> cells.add(count.toString()));
        cells.add(shortened(verdict));
        write(FOLDER.resolve(name + "-matrix.tsv"), String.join("\t", cells) + "\n", StandardOpenOption.APPEND);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    private static void write(Path file, String text, StandardOpenOption... how) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Which of the points to try.
     *
     * @param which {@code all}, {@code sample} (one of each kind of phase, over all flows, by a fixed seed) or a regular expression
     *     that is found in names
     */
    static List<String> choose(Collection<String> points, String which) {
        List<String> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.naturalOrder());
        if (which.equals("all")) {
            // So that a run that is cut short has seen something of every flow.
            Collections.shuffle(sorted, new Random(SEED));
            return sorted;
        }
        if (!which.equals("sample")) {
            return sorted.stream().filter(Pattern.compile(which).asPredicate()).toList();
        }
        Map<String, List<String>> byKind = new TreeMap<>();
        sorted.forEach(
                p -> byKind.computeIfAbsent(kind(p), k -> new ArrayList<>()).add(p));
        Random random = new Random(SEED);
        Map<String, String> chosen = new LinkedHashMap<>();
        byKind.forEach((kind, all) -> chosen.put(kind, pick(all, chosen.values(), random)));
        return List.copyOf(chosen.values());
    }

    /** One of a flow that was not chosen yet, if there is one. */
    private static String pick(List<String> points, Collection<String> chosen, Random random) {
        List<String> fresh = points.stream()
                .filter(p -> chosen.stream().noneMatch(c -> flow(c).equals(flow(p))))
                .toList();
        List<String> from = fresh.isEmpty() ? points : fresh;
        return from.get(random.nextInt(from.size()));
    }

    private static String flow(String point) {
        return point.substring(0, point.indexOf(" | "));
    }

    private static String kind(String point) {
        if (point.contains("prepare")) {
            return "prepare";
        }
        if (point.contains("log")) {
            return "log";
        }
        if (point.contains("one-phase") || point.contains("release")) {
            return "release and one-phase";
        }
        if (point.contains("commit")) {
            return "commit";
        }
        return point.contains("answer") ? "answer" : "send and receive";
    }
}
