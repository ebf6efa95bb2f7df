package org.retailhub.erp.idempiere;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** What a column of I_Inventory can be filled from. The names are those of the mapping file: renaming one breaks installations. */
enum MovementField {
    CLIENT_ID("client.id", false, row -> Long.toString(row.clientId())),
    ROW_ID("row.id", false, MovementRow::id),
    DATE("movement.date", false, row -> row.date() + " 00:00:00"),
    TAKEN("movement.taken", false, row -> row.taken().toPlainString()),
    KIND("movement.kind", true, MovementRow::kind),
    TEXT("movement.text", true, MovementRow::text),
    LOCATOR("locator.value", false, MovementRow::locator),
    LOCATOR_ID("locator.id", false, row -> Long.toString(row.locatorId())),
    PRODUCT("product.value", false, MovementRow::product),
    PRODUCT_ID("product.id", false, row -> Long.toString(row.productId())),
    CHARGE("charge.name", false, MovementRow::charge),
    CHARGE_ID("charge.id", false, row -> Long.toString(row.chargeId()));

    private final String configured;
    private final boolean mayBeCut;
    private final Function<MovementRow, String> value;

    MovementField(String configured, boolean mayBeCut, Function<MovementRow, String> value) {
        this.configured = configured;
        this.mayBeCut = mayBeCut;
        this.value = value;
    }

    static Optional<MovementField> named(String configured) {
        return Arrays.stream(values())
                .filter(field -> field.configured.equals(configured))
                .findFirst();
    }

    String configured() {
        return configured;
    }

    InterfaceTable.Filled<MovementRow> filling(String column) {
        return new InterfaceTable.Filled<>(column, value::apply, null, mayBeCut);
    }
}
