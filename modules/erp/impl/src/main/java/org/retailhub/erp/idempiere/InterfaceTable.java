package org.retailhub.erp.idempiere;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.ErpError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.sql.Database;

/**
 * An interface table as this ERP has it. Made once the ERP has been asked for its columns.
 *
 * @param <R> what becomes one row
 */
final class InterfaceTable<R> {
    /**
     * A column that is filled, by a value of the row or by a constant.
     *
     * @param mayBeCut whether it is text for people, which may be cut to the column's length
     */
    record Filled<R>(
            String name,
            @Nullable Function<R, @Nullable String> value,
            @Nullable String constant,
            boolean mayBeCut) {}

    /**
     * What is filled of a table.
     *
     * @param name as the ERP's manuals write it; the table's and its key's names are the same in lower case
     */
    record Shape<R>(String name, String sequence, List<Filled<R>> columns) {
        String table() {
            return name.toLowerCase(Locale.ROOT);
        }

        private String key() {
            return table() + "_id";
        }

        private Set<String> columnNames() {
            return columns.stream().map(Filled::name).collect(Collectors.toSet());
        }
    }

    private record Column(String type, @Nullable Integer length, boolean required) {}

    private final Database erp;
    private final List<Filled<R>> varying;
    private final List<Filled<R>> constant;
    private final Map<String, Column> columns;
    private final String insert;

    private InterfaceTable(Database erp, Shape<R> shape, Map<String, Column> columns) {
        this.erp = erp;
        this.columns = columns;
        this.varying = shape.columns().stream().filter(c -> c.value() != null).toList();
        this.constant =
                shape.columns().stream().filter(c -> c.constant() != null).toList();
        this.insert = insert(shape);
    }

    /** @throws RetailException {@link ErpError#WRONG_MAPPING} naming every fault */
    static <R> InterfaceTable<R> check(Database erp, Shape<R> shape) {
        Map<String, Column> columns = new HashMap<>();
        erp.query(
                """
                select attname, case atttypid when 'bpchar'::regtype then 'bpchar' else format_type(atttypid, null) end, case when atttypmod > 4 and format_type(atttypid, null)
                  in ('character varying', 'character') then atttypmod - 4 end, attnotnull and not atthasdef
                from pg_attribute where attrelid = to_regclass(?) and attnum > 0 and not attisdropped""",
                row -> columns.put(
                        row.getString(1),
                        new Column(row.getString(2), row.getObject(3, Integer.class), row.getBoolean(4))),
                shape.table());
        List<String> faults = faults(erp, shape, columns);
        if (!faults.isEmpty()) {
            throw new RetailException(ErpError.WRONG_MAPPING, String.join(" ", faults));
        }
        return new InterfaceTable<>(erp, shape, columns);
    }

    private static <R> List<String> faults(Database erp, Shape<R> shape, Map<String, Column> columns) {
        List<String> faults = new ArrayList<>();
        if (columns.isEmpty()) {
            return List.of(
                    "The ERP's database has no table " + shape.name() + " on the search path of the hub's role.");
        }
        for (Filled<R> mapped : shape.columns()) {
            if (!columns.containsKey(mapped.name())) {
                faults.add(shape.name() + " has no column " + mapped.name() + ".");
            }
        }
        columns.forEach((name, column) -> {
            if (column.required()
                    && !name.equals(shape.key())
                    && !shape.columnNames().contains(name)) {
                faults.add(shape.name() + "." + name + " must be mapped: the table takes no row without it.");
            }
        });
        erp.query(
                "select to_regclass('rh_posting') is null, to_regclass(?) is null",
                row -> {
                    if (row.getBoolean(1)) {
                        faults.add("The ERP's database has no table rh_posting (docs/runbooks/install.md).");
                    }
                    if (row.getBoolean(2)) {
                        faults.add("The ERP's database has no sequence " + shape.sequence() + ".");
                    }
                    return faults;
                },
                shape.sequence());
        return faults;
    }

    private Column column(Filled<R> mapped) {
        return Objects.requireNonNull(columns.get(mapped.name()), "the check has found it");
    }

    private String insert(Shape<R> shape) {
        StringBuilder into = new StringBuilder("insert into " + shape.table() + " (" + shape.key());
        StringBuilder values = new StringBuilder(") select nextval('" + shape.sequence() + "')");
        for (Filled<R> column : constant) {
            into.append(", ").append(column.name());
            values.append(", cast(? as ").append(column(column).type()).append(')');
        }
        for (int i = 0; i < varying.size(); i++) {
            into.append(", ").append(varying.get(i).name());
            values.append(", cast(c")
                    .append(i)
                    .append(" as ")
                    .append(column(varying.get(i)).type())
                    .append(')');
        }
        String arrays = varying.stream().map(c -> "?").collect(Collectors.joining(", "));
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < varying.size(); i++) {
            names.append(i == 0 ? "c" : ", c").append(i);
        }
        return into.append(values)
                .append(" from unnest(")
                .append(arrays)
                .append(") as t(")
                .append(names)
                .append(')')
                .toString();
    }

    /** All in one statement, in their order. */
    void insert(List<R> rows) {
        if (rows.isEmpty()) {
            return;
        }
        @Nullable Object[] arguments = new @Nullable Object[constant.size() + varying.size()];
        for (int i = 0; i < constant.size(); i++) {
            arguments[i] = constant.get(i).constant();
        }
        for (int c = 0; c < varying.size(); c++) {
            Filled<R> column = varying.get(c);
            Function<R, @Nullable String> field = Objects.requireNonNull(column.value(), "what varies has a value");
            Integer length = column(column).length();
            @Nullable String[] values = new @Nullable String[rows.size()];
            for (int r = 0; r < values.length; r++) {
                String value = field.apply(rows.get(r));
                values[r] = column.mayBeCut() && length != null ? cut(value, length) : value;
            }
            arguments[constant.size() + c] = values;
        }
        erp.update(insert, arguments);
    }

    /** To whole characters as PostgreSQL counts them. */
    private static @Nullable String cut(@Nullable String value, int length) {
        return value == null || value.codePointCount(0, value.length()) <= length
                ? value
                : value.substring(0, value.offsetByCodePoints(0, length));
    }
}
