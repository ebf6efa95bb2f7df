package org.retailhub.erp.messaging;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.erp.domain.Posting;

/**
 * What to write for one message.
 *
 * @param remove numbers of documents whose rows leave the ERP's table
 * @param document to write there; null if none
 * @param mark whether the message leaves its mark in the ERP; false if it is there already
 * @param after the posting as it will be; null if nothing is to be kept or told
 * @param eventType null if nothing is to be told
 * @param event {@link PostingEvent} or {@link SalesShipment.Taken}; null likewise
 * @param hop for the trace
 * @param shipment to be kept; null if it is about none
 */
record Effect<D>(
        List<String> remove,
        @Nullable D document,
        boolean mark,
        @Nullable Posting after,
        @Nullable String eventType,
        @Nullable Object event,
        String hop,
        @Nullable SalesShipment shipment) {
    Effect(
            List<String> remove,
            @Nullable D document,
            boolean mark,
            @Nullable Posting after,
            @Nullable String eventType,
            @Nullable PostingEvent event,
            String hop) {
        this(remove, document, mark, after, eventType, event, hop, null);
    }

    /** Nothing in the ERP: it takes none. */
    static <D> Effect<D> note(SalesShipment shipment, Posting after, SalesShipment.Taken event, String hop) {
        return new Effect<>(List.of(), null, false, after, SalesShipment.TAKEN, event, hop, shipment);
    }

    static <D> Effect<D> write(List<String> remove, D document, Posting after, String hop) {
        return new Effect<>(remove, document, true, after, null, null, hop);
    }

    /** Nothing in the ERP but the mark, if it is not there yet. */
    static <D> Effect<D> keep(boolean mark, @Nullable Posting after, String hop) {
        return new Effect<>(List.of(), null, mark, after, null, null, hop);
    }

    static <D> Effect<D> tell(
            List<String> remove, boolean mark, Posting after, String eventType, PostingEvent event, String hop) {
        return new Effect<>(remove, null, mark, after, eventType, event, hop);
    }
}
