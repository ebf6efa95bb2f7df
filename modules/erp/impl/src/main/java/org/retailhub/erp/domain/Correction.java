package org.retailhub.erp.domain;

import java.util.Locale;
import org.retailhub.erp.api.PostingState;

/** Why the ERP gets further documents of an order that it has made its document of. */
public enum Correction {
    /** The order has another content. */
    CHANGE(PostingState.ACKNOWLEDGED),
    /** Nothing of it is to stay. */
    CANCELLATION(PostingState.WITHDRAWN);

    private final PostingState done;

    Correction(PostingState done) {
        this.done = done;
    }

    /** Where the posting stands when the ERP has made all documents of the correction. */
    public PostingState done() {
        return done;
    }

    /** The name in JSON and in the database. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Correction of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
