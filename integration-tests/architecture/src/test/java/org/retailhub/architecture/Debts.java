package org.retailhub.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** Known faults, one a line in {@code debts.txt}: rule and class, with the reason in the comment above. It only gets shorter. */
record Debts(Set<String> entries) {

    static Debts read() {
        try (InputStream in = Debts.class.getResourceAsStream("/debts.txt")) {
            Set<String> entries = new TreeSet<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(entries::add);
            return new Debts(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean owes(String rule, String type) {
        return entries.contains(rule + " " + type);
    }
}
