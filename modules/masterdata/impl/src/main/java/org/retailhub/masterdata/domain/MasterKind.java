package org.retailhub.masterdata.domain;

import java.util.Optional;
import org.retailhub.masterdata.api.LearnMaster;

/** Kinds of masters that ERPs have too: how an ERP's message names them, and where and under what we keep them. */
public enum MasterKind {
    ITEM(LearnMaster.ITEM, "product", "sku", "erp_item", "erpItem", "products"),
    CUSTOMER(LearnMaster.CUSTOMER, "customer", "customer_id", "erp_partner", "erpPartner", "customers"),
    LOCATION(LearnMaster.LOCATION, "location", "location_id", "erp_warehouse", "erpWarehouse", "locations"),
    TAX_CODE(LearnMaster.TAX_CODE, "tax_code", "tax_code", "erp_tax", "erpTax", "tax codes");

    private final String wire;
    private final String table;
    private final String keyColumn;
    private final String erpColumn;
    private final String erpField;
    private final String plural;

    MasterKind(String wire, String table, String keyColumn, String erpColumn, String erpField, String plural) {
        this.wire = wire;
        this.table = table;
        this.keyColumn = keyColumn;
        this.erpColumn = erpColumn;
        this.erpField = erpField;
        this.plural = plural;
    }

    public static Optional<MasterKind> named(String wire) {
        for (MasterKind kind : values()) {
            if (kind.wire.equals(wire)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    public String wire() {
        return wire;
    }

    public String table() {
        return table;
    }

    /** Of our own key. */
    public String keyColumn() {
        return keyColumn;
    }

    /** Of the ERP's search key. */
    public String erpColumn() {
        return erpColumn;
    }

    /** As partners name {@link #erpColumn}. */
    public String erpField() {
        return erpField;
    }

    /** One of them, for people and in the audit trail. */
    public String noun() {
        return table.replace('_', ' ');
    }

    /** Whoever changes some of a tenant holds the advisory lock of this name until its transaction ends. */
    public String lockOf(String tenant) {
        return plural + " of " + tenant;
    }
}
