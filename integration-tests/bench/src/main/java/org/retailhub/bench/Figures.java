package org.retailhub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of one run: printed as they come, written at the end. A missed target stays in the table as short. */
final class Figures {
    private final List<String> rows = new ArrayList<>();
    private boolean allReached = true;

    /** A figure without a target. */
    void tell(String name, double value, String unit) {
        row(name, value, unit, "", "");
    }

    void atLeast(String name, double value, String unit, double target) {
        judge(name, value, unit, ">= " + number(target), value >= target);
    }

    void atMost(String name, double value, String unit, double target) {
        judge(name, value, unit, "<= " + number(target), value <= target);
    }

    private void judge(String name, double value, String unit, String target, boolean reached) {
        allReached &= reached;
        row(name, value, unit, target, reached ? "ok" : "short");
    }

    private void row(String name, double value, String unit, String target, String verdict) {
        rows.add(String.join("\t", name, number(value), unit, target, verdict));
        System.out.printf(Locale.ROOT, "  %-58s %12s %-10s %-10s %s%n", name, number(value), unit, target, verdict);
    }

    static String number(double value) {
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 100 || value == Math.rint(value) ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", value);
    }

    boolean allReached() {
        return allReached;
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of("name\tvalue\tunit\ttarget\tverdict"));
        lines.addAll(rows);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }
}
