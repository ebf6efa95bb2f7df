package org.retailhub.erp.idempiere;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.AfterPosting;
import org.retailhub.platform.kernel.RetailException;

/**
 * Which field of a document goes to which column of the ERP's interface table, as an installation configures it: the shipped file,
 * then the override named by the system property {@value #OVERRIDE}, entry by entry. An entry without value takes a column out.
 */
final class Mapping {
    static final String OVERRIDE = "retailhub.erp.idempiere.mapping";
    static final String TABLE = "i_order";
    private static final Set<String> SETTINGS =
            Set.of("client", "sequence", "zone", "after-posting", "document-type.sale", "document-type.return");
    private static final String COLUMN_PREFIX = "i_order.";
    private static final String CHARGE_PREFIX = "charge.";
    private static final Map<String, AfterPosting> AFTER_POSTING =
            Map.of("return-document", AfterPosting.RETURN_DOCUMENT, "person", AfterPosting.PERSON);

    /** Without these the promises cannot be kept. */
    private static final Map<String, Field> REQUIRED = Map.of(
            "documentno", Field.ORDER_ID,
            "i_order_uu", Field.ROW_ID,
            "bpartnervalue", Field.PARTNER,
            "productvalue", Field.PRODUCT,
            "chargename", Field.CHARGE,
            "qtyordered", Field.QUANTITY,
            "priceactual", Field.PRICE);

    /** The import would look for the partner by them first, and find somebody else; or they are the import's own. */
    private static final Set<String> FORBIDDEN = Set.of(
            "email",
            "contactname",
            "ad_user_id",
            "i_order_id",
            "i_isimported",
            "processed",
            "i_errormsg",
            "c_order_id",
            "c_orderline_id");

    /** A column with either a field or a constant. */
    record Column(
            String name, @Nullable Field field, @Nullable String constant) {}

    private final List<Column> columns;
    private final Map<String, String> chargeNames;
    private final Properties settings;

    private Mapping(List<Column> columns, Map<String, String> chargeNames, Properties settings) {
        this.columns = columns;
        this.chargeNames = chargeNames;
        this.settings = settings;
    }

    /** @throws RetailException {@link ErpError#WRONG_MAPPING} naming every fault */
    static Mapping load() {
        return of(entries("mapping.properties", OVERRIDE));
    }

    /** What is shipped, and over it entry by entry what the file says that the system property names. */
    static Properties entries(String shippedFile, String overrideProperty) {
        Properties entries = new Properties();
        try (InputStream shipped = Mapping.class.getResourceAsStream(shippedFile)) {
            entries.load(new InputStreamReader(shipped, StandardCharsets.UTF_8));
            String override = System.getProperty(overrideProperty);
            if (override != null) {
                try (Reader own = Files.newBufferedReader(Path.of(override))) {
                    entries.load(own);
                }
            }
        } catch (IOException e) {
            throw new RetailException(ErpError.WRONG_MAPPING, "cannot be read: " + e.getMessage(), e);
        }
        return entries;
    }

    static Mapping of(Properties entries) {
        List<String> faults = new ArrayList<>();
        Map<String, Column> columns = new TreeMap<>();
        Map<String, String> charges = new TreeMap<>();
        Properties settings = new Properties();
        for (String name : new TreeSet<>(entries.stringPropertyNames())) {
            String key = name.toLowerCase(Locale.ROOT);
            String value = entries.getProperty(name).strip();
            if (key.startsWith(COLUMN_PREFIX)) {
                String column = key.substring(COLUMN_PREFIX.length());
                if (value.isEmpty()) {
                    columns.remove(column);
                } else if (FORBIDDEN.contains(column)) {
                    faults.add(
                            name
                                    + " must not be written: the import finds the partner by it, or keeps its own record there.");
                } else {
                    column(name, column, value, faults).ifPresent(found -> columns.put(column, found));
                }
            } else if (key.startsWith(CHARGE_PREFIX)) {
                charges.put(key.substring(CHARGE_PREFIX.length()), value);
            } else if (SETTINGS.contains(key)) {
                settings.setProperty(key, value);
            } else {
                faults.add(name + " is no setting: I_Order.<column>, charge.<type>, or one of "
                        + String.join(", ", new TreeSet<>(SETTINGS)) + ".");
            }
        }
        required(columns, settings, faults);
        if (!faults.isEmpty()) {
            throw new RetailException(ErpError.WRONG_MAPPING, String.join(" ", faults));
        }
        return new Mapping(List.copyOf(columns.values()), Map.copyOf(charges), settings);
    }

    private static Optional<Column> column(String name, String column, String value, List<String> faults) {
        if (value.length() >= 2 && value.startsWith("'") && value.endsWith("'")) {
            return Optional.of(new Column(column, null, value.substring(1, value.length() - 1)));
        }
        Optional<Field> field = Field.named(value);
        if (field.isEmpty()) {
            faults.add(name + " = " + value + ": there is no such field; a constant stands in single quotes.");
        }
        return field.map(found -> new Column(column, found, null));
    }

    private static void required(Map<String, Column> columns, Properties settings, List<String> faults) {
        new TreeMap<>(REQUIRED).forEach((column, field) -> {
            Column found = columns.get(column);
            if (found == null || found.field() != field) {
                faults.add("I_Order." + column + " must be " + field.configured() + ".");
            }
        });
        if (!settings.getProperty("client", "").matches("\\d{1,10}")) {
            faults.add("client must be the AD_Client_ID.");
        }
        if (!settings.getProperty("sequence", "").matches("[A-Za-z_][A-Za-z0-9_.]*")) {
            faults.add("sequence must name the sequence of I_Order_ID.");
        }
        try {
            ZoneId.of(settings.getProperty("zone", ""));
        } catch (DateTimeException e) {
            faults.add("zone must be a time zone such as Europe/Berlin.");
        }
        if (!AFTER_POSTING.containsKey(settings.getProperty("after-posting", ""))) {
            faults.add(
                    "after-posting must be return-document, which is the most that this ERP's import can do, or person.");
        }
        for (String type : List.of("document-type.sale", "document-type.return")) {
            if (settings.getProperty(type, "").isEmpty()) {
                faults.add(type + " must be the name of a document type.");
            }
        }
    }

    List<Column> columns() {
        return columns;
    }

    /** How the rows of documents fill the interface table. */
    InterfaceTable.Shape<DocumentRow> shape() {
        return new InterfaceTable.Shape<>(
                "I_Order",
                sequence(),
                columns.stream()
                        .map(column -> new InterfaceTable.Filled<DocumentRow>(
                                column.name(),
                                column.field() == null ? null : column.field()::of,
                                column.constant(),
                                column.field() != null && column.field().mayBeCut()))
                        .toList());
    }

    /** The ERP's name of a type of charge, if it is configured. */
    Optional<String> chargeName(String type) {
        return Optional.ofNullable(chargeNames.get(type.toLowerCase(Locale.ROOT)));
    }

    /** The constant of a column, if it has one. */
    Optional<String> constant(String column) {
        return columns.stream()
                .filter(each -> each.name().equals(column) && each.constant() != null)
                .map(Column::constant)
                .findFirst();
    }

    long client() {
        return Long.parseLong(settings.getProperty("client"));
    }

    String sequence() {
        return settings.getProperty("sequence");
    }

    /** Where the ERP's day begins. */
    ZoneId zone() {
        return ZoneId.of(settings.getProperty("zone"));
    }

    String saleType() {
        return settings.getProperty("document-type.sale");
    }

    String returnType() {
        return settings.getProperty("document-type.return");
    }

    /** An installation that fills the document's type by itself would make sales of returns: there a person does it. */
    AfterPosting afterPosting() {
        boolean typed = columns.stream()
                .anyMatch(column -> column.name().equals("doctypename") && column.field() == Field.DOCUMENT_TYPE);
        return typed
                ? Objects.requireNonNull(AFTER_POSTING.get(settings.getProperty("after-posting")), "was checked")
                : AfterPosting.PERSON;
    }

    Set<String> columnNames() {
        Set<String> names = new HashSet<>();
        columns.forEach(column -> names.add(column.name()));
        return Collections.unmodifiableSet(names);
    }
}
