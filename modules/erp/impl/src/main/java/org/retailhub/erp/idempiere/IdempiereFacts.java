package org.retailhub.erp.idempiere;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.erp.domain.Standing;
import org.retailhub.erp.domain.Underway;

/** What the ERP's database answered for one batch. Filled by {@link FactsQueries}, then only read. */
final class IdempiereFacts implements ErpAdapter.Facts {
    /** @param precision decimals that the ERP rounds a line's amount to */
    record Currency(long id, long priceListId, int precision) {}

    /** @param hasAddress whether a document can be made for it */
    record Partner(long id, boolean hasAddress) {}

    /** @param name as the ERP has it */
    record Charge(long id, String name) {}

    final Set<String> handled = new HashSet<>();
    final Map<String, Standing> standings = new HashMap<>();
    final Map<String, Set<String>> origins = new HashMap<>();
    final Map<String, Long> products = new HashMap<>();
    final Map<String, Partner> partners = new HashMap<>();
    final Map<String, Charge> charges = new HashMap<>();
    final Map<String, Currency> currencies = new HashMap<>();
    final Map<String, Long> countries = new HashMap<>();
    final Set<String> returnTypes = new HashSet<>();
    final Map<String, Booked> booked = new HashMap<>();
    final Map<String, Underway> underway = new HashMap<>();
    final Map<String, Set<String>> corrections = new HashMap<>();

    @Override
    public boolean handled(String messageId) {
        return handled.contains(messageId);
    }

    @Override
    public boolean wrote(String orderId, String messageId) {
        return origins.getOrDefault(orderId, Set.of()).contains(RowId.origin(messageId));
    }

    @Override
    public Underway underway(String orderId) {
        return underway.getOrDefault(orderId, Underway.NOTHING);
    }

    @Override
    public boolean corrected(String orderId, String messageId, long sequence) {
        if (corrections.getOrDefault(orderId, Set.of()).contains(RowId.origin(messageId))) {
            return true;
        }
        // Imported rows may have been deleted by the ERP's housekeeping; its documents stay.
        Booked books = booked.get(orderId);
        return books != null
                && (books.further().contains(FurtherDocuments.returns(orderId, sequence))
                        || books.further().contains(FurtherDocuments.adds(orderId, sequence)));
    }

    @Override
    public Standing standing(String orderId) {
        return standings.getOrDefault(orderId, Standing.NOTHING);
    }
}
