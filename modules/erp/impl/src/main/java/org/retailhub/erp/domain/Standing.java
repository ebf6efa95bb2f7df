package org.retailhub.erp.domain;

import org.jspecify.annotations.Nullable;

/**
 * What the ERP has of an order at this moment; what waits there is locked for us until our transaction ends.
 *
 * @param documentId the ERP's key of the document; null where there is none
 */
public record Standing(Kind kind, @Nullable String documentId) {
    /** How far the ERP is. */
    public enum Kind {
        NOTHING,
        /** Rows that the ERP has made nothing of yet. */
        WAITING,
        /** Rows that the ERP's import has in hand. */
        BUSY,
        /** One document of all rows. */
        DOCUMENT,
        /** A document of a part of the rows, or several. */
        PART
    }

    public static final Standing NOTHING = new Standing(Kind.NOTHING, null);
}
