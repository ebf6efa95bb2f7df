package org.retailhub.erp.idempiere;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the ERP has in its books of one order by now: the lines of its document and of all further ones.
 *
 * @param further their numbers
 */
record Booked(Document document, List<Line> lines, Set<String> further) {
    Booked(Document document) {
        this(document, new ArrayList<>(), new HashSet<>());
    }

    /** The order's own document: a further one goes to the same partner and addresses, in the same currency. */
    record Document(
            String partner,
            long partnerId,
            long locationId,
            @Nullable Long billToId,
            String currency,
            long currencyId,
            int precision,
            long priceListId,
            @Nullable String reference) {}

    /**
     * A line; what a return document has counts below zero.
     *
     * @param item the ERP's search key of the product; null for a charge
     * @param charge the charge's name; null for goods
     * @param amount of the line, as the ERP has rounded it
     */
    record Line(
            @Nullable Long productId,
            @Nullable String item,
            @Nullable Long chargeId,
            @Nullable String charge,
            BigDecimal quantity,
            BigDecimal price,
            BigDecimal amount,
            @Nullable String description) {}
}
