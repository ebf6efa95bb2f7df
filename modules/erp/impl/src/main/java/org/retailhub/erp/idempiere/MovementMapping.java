package org.retailhub.erp.idempiere;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.retailhub.erp.api.ErpError;
import org.retailhub.platform.kernel.RetailException;

/**
 * Which field of a movement goes to which column of the ERP's interface table of inventories, as an installation configures it: the shipped
 * file, then the override named by the system property {@value #OVERRIDE}, entry by entry. An entry without value takes a column out.
 */
final class MovementMapping {
    static final String OVERRIDE = "retailhub.erp.idempiere.stock-mapping";
    private static final String COLUMN_PREFIX = "i_inventory.";
    private static final String CHARGE_PREFIX = "charge.";

    /** Without these the promises cannot be kept. */
    private static final Map<String, MovementField> REQUIRED = Map.of(
            "i_inventory_uu", MovementField.ROW_ID,
            "locatorvalue", MovementField.LOCATOR,
            "value", MovementField.PRODUCT,
            "chargename", MovementField.CHARGE,
            "qtyinternaluse", MovementField.TAKEN,
            "movementdate", MovementField.DATE);

    /** The import's own; and quantities that exclude internal use. */
    private static final Set<String> FORBIDDEN = Set.of(
            "i_inventory_id",
            "i_isimported",
            "processed",
            "i_errormsg",
            "m_inventory_id",
            "m_inventoryline_id",
            "m_warehouse_id",
            "qtycount",
            "qtybook");

    private final Map<String, InterfaceTable.Filled<MovementRow>> columns = new TreeMap<>();
    private final Map<String, String> charges = new TreeMap<>();
    private final Properties settings = new Properties();
    private final List<String> faults = new ArrayList<>();

    private MovementMapping() {}

    /** @throws RetailException {@link ErpError#WRONG_MAPPING} naming every fault */
    static MovementMapping load() {
        return of(Mapping.entries("stock.properties", OVERRIDE));
    }

    static MovementMapping of(Properties entries) {
        MovementMapping mapping = new MovementMapping();
        Map<String, MovementField> fields = new TreeMap<>();
        for (String name : new TreeSet<>(entries.stringPropertyNames())) {
            mapping.read(name, entries.getProperty(name).strip(), fields);
        }
        mapping.check(fields);
        if (!mapping.faults.isEmpty()) {
            throw new RetailException(ErpError.WRONG_MAPPING, String.join(" ", mapping.faults));
        }
        return mapping;
    }

    private void read(String name, String value, Map<String, MovementField> fields) {
        String key = name.toLowerCase(Locale.ROOT);
        if (key.startsWith(COLUMN_PREFIX)) {
            if (!value.isEmpty()) {
                column(name, key.substring(COLUMN_PREFIX.length()), value, fields);
            }
        } else if (key.startsWith(CHARGE_PREFIX)) {
            charges.put(key.substring(CHARGE_PREFIX.length()), value);
        } else if (key.equals("client") || key.equals("sequence") || key.equals("zone")) {
            settings.setProperty(key, value);
        } else {
            faults.add(name + " is no setting: I_Inventory.<column>, charge.<kind>, client, sequence or zone.");
        }
    }

    private void column(String name, String column, String value, Map<String, MovementField> fields) {
        if (FORBIDDEN.contains(column)) {
            faults.add(name
                    + " must not be written: the import keeps its own record there, or takes the row for a count.");
        } else if (value.length() >= 2 && value.startsWith("'") && value.endsWith("'")) {
            String constant = value.substring(1, value.length() - 1);
            columns.put(column, new InterfaceTable.Filled<>(column, null, constant, false));
        } else {
            Optional<MovementField> field = MovementField.named(value);
            field.ifPresentOrElse(
                    found -> {
                        fields.put(column, found);
                        columns.put(column, found.filling(column));
                    },
                    () -> faults.add(
                            name + " = " + value + ": there is no such field; a constant stands in single quotes."));
        }
    }

    private void check(Map<String, MovementField> fields) {
        new TreeMap<>(REQUIRED).forEach((column, field) -> {
            if (fields.get(column) != field) {
                faults.add("I_Inventory." + column + " must be " + field.configured() + ".");
            }
        });
        if (!settings.getProperty("client", "").matches("\\d{1,10}")) {
            faults.add("client must be the AD_Client_ID.");
        }
        if (!settings.getProperty("sequence", "").matches("[A-Za-z_][A-Za-z0-9_.]*")) {
            faults.add("sequence must name the sequence of I_Inventory_ID.");
        }
        try {
            ZoneId.of(settings.getProperty("zone", ""));
        } catch (DateTimeException e) {
            faults.add("zone must be a time zone such as Europe/Berlin.");
        }
    }

    InterfaceTable.Shape<MovementRow> shape() {
        return new InterfaceTable.Shape<>(
                "I_Inventory", settings.getProperty("sequence"), List.copyOf(columns.values()));
    }

    /** The ERP's name of the charge of a kind of movement, if it is configured. */
    Optional<String> chargeName(String kind) {
        return Optional.ofNullable(charges.get(kind));
    }

    long client() {
        return Long.parseLong(settings.getProperty("client"));
    }

    ZoneId zone() {
        return ZoneId.of(settings.getProperty("zone"));
    }
}
