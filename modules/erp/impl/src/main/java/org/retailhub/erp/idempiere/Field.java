package org.retailhub.erp.idempiere;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.SalesDocument.ShipTo;

/** What a column can be filled from. The names are those of the mapping file: renaming one breaks installations. */
enum Field {
    CLIENT_ID("client.id", false, row -> text(row.header().clientId())),
    ORDER_ID("document.orderId", false, row -> row.header().documentNo()),
    DOCUMENT_TYPE("document.type", false, row -> row.header().documentType()),
    CHANNEL("document.channel", true, row -> row.header().channel()),
    CHANNEL_ORDER_ID("document.channelOrderId", true, row -> row.header().channelOrderId()),
    REFERENCE("document.reference", true, row -> row.header().reference()),
    DATE("document.date", false, row -> row.header().date() + " 00:00:00"),
    CURRENCY("currency.code", false, row -> row.header().currency()),
    CURRENCY_ID("currency.id", false, row -> text(row.header().currencyId())),
    PRICE_LIST_ID("priceList.id", false, row -> text(row.header().priceListId())),
    PARTNER("partner.value", false, row -> row.header().partner()),
    PARTNER_ID("partner.id", false, row -> text(row.header().partnerId())),
    LOCATION_ID("partner.locationId", false, row -> text(row.header().locationId())),
    BILL_TO_ID("partner.billToId", false, row -> text(row.header().billToId())),
    SHIP_TO_NAME("shipTo.name", true, row -> shipTo(row, ShipTo::name)),
    SHIP_TO_LINE1("shipTo.line1", true, row -> shipTo(row, ShipTo::line1)),
    SHIP_TO_LINE2("shipTo.line2", true, row -> shipTo(row, ShipTo::line2)),
    SHIP_TO_CITY("shipTo.city", true, row -> shipTo(row, ShipTo::city)),
    SHIP_TO_POSTAL_CODE("shipTo.postalCode", true, row -> shipTo(row, ShipTo::postalCode)),
    SHIP_TO_REGION("shipTo.region", true, row -> shipTo(row, ShipTo::region)),
    SHIP_TO_COUNTRY("shipTo.country", false, row -> shipTo(row, ShipTo::country)),
    COUNTRY_ID("country.id", false, row -> text(row.header().countryId())),
    ROW_ID("row.id", false, DocumentRow::id),
    LINE_ID("row.lineId", true, DocumentRow::lineId),
    SKU("row.sku", true, DocumentRow::sku),
    DESCRIPTION("row.description", true, DocumentRow::description),
    QUANTITY("row.quantity", false, row -> row.quantity().toPlainString()),
    PRICE("row.price", false, row -> row.price().toPlainString()),
    PRODUCT("product.value", false, DocumentRow::product),
    PRODUCT_ID("product.id", false, row -> text(row.productId())),
    CHARGE("charge.name", false, DocumentRow::charge),
    CHARGE_ID("charge.id", false, row -> text(row.chargeId()));

    private final String configured;
    private final boolean mayBeCut;
    private final Function<DocumentRow, @Nullable String> value;

    Field(String configured, boolean mayBeCut, Function<DocumentRow, @Nullable String> value) {
        this.configured = configured;
        this.mayBeCut = mayBeCut;
        this.value = value;
    }

    static Optional<Field> named(String configured) {
        return Arrays.stream(values())
                .filter(field -> field.configured.equals(configured))
                .findFirst();
    }

    String configured() {
        return configured;
    }

    /** Text for people, cut where the column is too short for it; a key or an amount never is. */
    boolean mayBeCut() {
        return mayBeCut;
    }

    /** Null where the row has none. */
    @Nullable
    String of(DocumentRow row) {
        return value.apply(row);
    }

    private static @Nullable String text(@Nullable Long id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable String shipTo(DocumentRow row, Function<ShipTo, @Nullable String> part) {
        ShipTo to = row.header().shipTo();
        return to == null ? null : part.apply(to);
    }
}
