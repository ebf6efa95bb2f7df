package org.retailhub.erp.idempiere;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.ErpError;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.sql.Database;

/**
 * {@code I_Order} as this ERP has it, and {@code rh_posting} beside it. Made once the ERP has been asked for its columns.
 */
final class InterfaceTable {
    private record Column(String type, @Nullable Integer length, boolean required) {}

    private final Database erp;
    private final List<Mapping.Column> varying;
    private final List<Mapping.Column> constant;
    private final Map<String, Column> columns;
    private final String insert;

    private InterfaceTable(Database erp, Mapping mapping, Map<String, Column> columns) {
        this.erp = erp;
        this.columns = columns;
        this.varying = mapping.columns().stream().filter(c -> c.field() != null).toList();
        this.constant =
                mapping.columns().stream().filter(c -> c.constant() != null).toList();
        this.insert = insert(mapping);
    }

    /** @throws RetailException {@link ErpError#WRONG_MAPPING} naming every fault */
    static InterfaceTable check(Database erp, Mapping mapping) {
        Map<String, Column> columns = new HashMap<>();
        erp.query(
                """
                select attname, case atttypid when 'bpchar'::regtype then 'bpchar' else format_type(atttypid, null) end, case when atttypmod > 4 and format_type(atttypid, null)
                  in ('character varying', 'character') then atttypmod - 4 end, attnotnull and not atthasdef
                from pg_attribute where attrelid = to_regclass('i_order') and attnum > 0 and not attisdropped""",
                row -> columns.put(
                        row.getString(1),
                        new Column(row.getString(2), row.getObject(3, Integer.class), row.getBoolean(4))));
        List<String> faults = faults(erp, mapping, columns);
        if (!faults.isEmpty()) {
            throw new RetailException(ErpError.WRONG_MAPPING, String.join(" ", faults));
        }
        return new InterfaceTable(erp, mapping, columns);
    }

    private static List<String> faults(Database erp, Mapping mapping, Map<String, Column> columns) {
        List<String> faults = new ArrayList<>();
        if (columns.isEmpty()) {
            return List.of("The ERP's database has no table I_Order on the search path of the hub's role.");
        }
        for (Mapping.Column mapped : mapping.columns()) {
            if (!columns.containsKey(mapped.name())) {
                faults.add("I_Order has no column " + mapped.name() + ".");
            }
        }
        columns.forEach((name, column) -> {
            if (column.required()
                    && !name.equals("i_order_id")
                    && !mapping.columnNames().contains(name)) {
                faults.add("I_Order." + name + " must be mapped: the table takes no row without it.");
            }
        });
        erp.query(
                "select to_regclass('rh_posting') is null, to_regclass(?) is null",
                row -> {
                    if (row.getBoolean(1)) {
                        faults.add("The ERP's database has no table rh_posting (docs/runbooks/install.md).");
                    }
                    if (row.getBoolean(2)) {
                        faults.add("The ERP's database has no sequence " + mapping.sequence() + ".");
                    }
                    return faults;
                },
                mapping.sequence());
        return faults;
    }

    private Column column(Mapping.Column mapped) {
        return Objects.requireNonNull(columns.get(mapped.name()), "the check has found it");
    }

    private String insert(Mapping mapping) {
        StringBuilder into = new StringBuilder("insert into i_order (i_order_id");
        StringBuilder values = new StringBuilder(") select nextval('" + mapping.sequence() + "')");
        for (Mapping.Column column : constant) {
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

    /** All rows of all documents in one statement, in their order. */
    void insert(List<DocumentRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        @Nullable Object[] arguments = new @Nullable Object[constant.size() + varying.size()];
        for (int i = 0; i < constant.size(); i++) {
            arguments[i] = constant.get(i).constant();
        }
        for (int c = 0; c < varying.size(); c++) {
            Mapping.Column column = varying.get(c);
            Field field = Objects.requireNonNull(column.field(), "what varies has a field");
            Integer length = column(column).length();
            @Nullable String[] values = new @Nullable String[rows.size()];
            for (int r = 0; r < values.length; r++) {
                String value = field.of(rows.get(r));
                values[r] = field.mayBeCut() && length != null ? cut(value, length) : value;
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

    /** Their rows are locked by us and not imported. */
    void delete(List<String> orderIds) {
        if (!orderIds.isEmpty()) {
            erp.update("delete from i_order where documentno = any(?) and i_isimported <> 'Y'", (Object)
                    orderIds.toArray(String[]::new));
        }
    }

    void mark(List<Envelope> messages) {
        if (!messages.isEmpty()) {
            erp.update(
                    "insert into rh_posting (message_id, business_key, sequence) select * from unnest(?, ?, ?)",
                    messages.stream().map(Envelope::messageId).toArray(String[]::new),
                    messages.stream().map(Envelope::businessKey).toArray(String[]::new),
                    messages.stream().map(Envelope::sequence).toArray(Long[]::new));
        }
    }
}
