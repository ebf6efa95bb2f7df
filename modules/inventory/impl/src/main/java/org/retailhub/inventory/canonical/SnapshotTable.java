package org.retailhub.inventory.canonical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/**
 * Lines of a CSV file, by what its first line says: commas, semicolons or tabs, quotes as in RFC 4180, but no line breaks within them, so
 * that a broken quote spoils one line and not the rest.
 */
public final class SnapshotTable implements SnapshotFormat {
    private static final Set<String> REQUIRED = Set.of("sku", "location", "quantity");
    private static final Map<String, String> COLUMNS = Map.of(
            "sku", "sku",
            "location", "location",
            "quantity", "quantity",
            "unit", "unit",
            "skuclass", "skuClass");
    private static final String SEPARATORS = ",;\t";

    private final char separator;
    private final List<String> names;

    private SnapshotTable(char separator, List<String> names) {
        this.separator = separator;
        this.names = names;
    }

    /**
     * @param head the first line of the file, without a mark of its byte order
     * @throws RetailException {@link InventoryError#INVALID_SNAPSHOT}: the only fault for which all of a file is refused
     */
    public static SnapshotTable of(String head) {
        Faults faults = new Faults();
        char separator = separatorOf(head);
        List<String> names = new ArrayList<>();
        List<String> cells = cells(head, separator);
        if (cells == null) {
            faults.add("head", "has a quote that is not closed");
        } else {
            for (String cell : cells) {
                String name = COLUMNS.get(cell.strip().toLowerCase(Locale.ROOT));
                if (name == null) {
                    faults.add("head", "has a column that is not known: sku, location, quantity, unit, skuClass are");
                } else if (names.contains(name)) {
                    faults.add("head", "has the column " + name + " twice");
                } else {
                    names.add(name);
                }
            }
            REQUIRED.stream()
                    .filter(name -> !names.contains(name))
                    .sorted()
                    .forEach(name -> faults.add("head", "has no column " + name));
        }
        faults.refuse(InventoryError.INVALID_SNAPSHOT);
        return new SnapshotTable(separator, List.copyOf(names));
    }

    private static char separatorOf(String head) {
        for (int i = 0; i < head.length(); i++) {
            if (SEPARATORS.indexOf(head.charAt(i)) >= 0) {
                return head.charAt(i);
            }
        }
        return SEPARATORS.charAt(0);
    }

    @Override
    public @Nullable SnapshotLine read(long number, byte[] line) {
        if (number == 1 || SnapshotFormat.isBlank(line)) {
            return null;
        }
        if (line.length > MOST_LINE_BYTES) {
            return SnapshotFormat.tooLong(number);
        }
        String text;
        try {
            text = StrictJson.utf8(line);
        } catch (RetailException e) {
            return SnapshotLine.faulty(number, "line", "is not UTF-8");
        }
        if (text.indexOf('\0') >= 0) {
            return SnapshotLine.faulty(number, "line", "contains U+0000");
        }
        List<String> cells = cells(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, separator);
        if (cells == null) {
            return SnapshotLine.faulty(number, "line", "has a quote that is not closed");
        }
        if (cells.size() != names.size()) {
            return SnapshotLine.faulty(
                    number, "line", "has " + cells.size() + " columns, the first line " + names.size());
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            row.put(names.get(i), cells.get(i));
        }
        return SnapshotFormat.check(
                number,
                new Wire(
                        row.get("sku"),
                        row.get("location"),
                        row.get("quantity"),
                        row.get("unit"),
                        row.get("skuClass")));
    }

    /** Null if a quote is not closed, or something follows the closing one. */
    private static @Nullable List<String> cells(String line, char separator) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (true) {
            if (at < line.length() && line.charAt(at) == '"') {
                StringBuilder cell = new StringBuilder();
                at = quoted(line, at + 1, cell);
                if (at < 0 || at < line.length() && line.charAt(at) != separator) {
                    return null;
                }
                cells.add(cell.toString());
            } else {
                int end = line.indexOf(separator, at);
                cells.add(line.substring(at, end < 0 ? line.length() : end));
                at = end < 0 ? line.length() : end;
            }
            if (at >= line.length()) {
                return cells;
            }
            at++;
        }
    }

    /** @return where the closing quote is behind; below 0 if there is none */
    private static int quoted(String line, int from, StringBuilder cell) {
        int at = from;
        while (at < line.length()) {
            char each = line.charAt(at);
            if (each != '"') {
                cell.append(each);
                at++;
            } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
                cell.append('"');
                at += 2;
            } else {
                return at + 1;
            }
        }
        return -1;
    }
}
