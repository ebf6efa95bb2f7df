package org.retailhub.erp.idempiere;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.SalesDocument.ShipTo;

/**
 * One row of the interface table before it is mapped to columns: a line of goods or a charge, with the document's header.
 *
 * @param id unique, and the same whenever the same message is written
 * @param product the ERP's search key; null for a charge
 * @param charge the ERP's name of the charge; null for goods
 */
public record DocumentRow(
        Header header,
        String id,
        @Nullable String lineId,
        @Nullable String sku,
        @Nullable String product,
        @Nullable Long productId,
        @Nullable String charge,
        @Nullable Long chargeId,
        BigDecimal quantity,
        BigDecimal price,
        String description) {
    /**
     * The same on all rows of a document: a difference would make the import begin another document.
     *
     * @param reference for people
     * @param channel null where only the ERP's own document is known
     * @param locationId the partner's address; null to let the import find it by the ship-to
     */
    public record Header(
            long clientId,
            String documentNo,
            String documentType,
            String reference,
            @Nullable String channel,
            @Nullable String channelOrderId,
            LocalDate date,
            String currency,
            long currencyId,
            long priceListId,
            String partner,
            long partnerId,
            @Nullable Long locationId,
            @Nullable Long billToId,
            @Nullable ShipTo shipTo,
            @Nullable Long countryId) {}
}
