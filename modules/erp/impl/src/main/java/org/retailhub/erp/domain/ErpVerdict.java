package org.retailhub.erp.domain;

import org.jspecify.annotations.Nullable;

/**
 * What the ERP says about an order.
 *
 * @param accepted whether it made a document of all rows, of a correction: all documents
 * @param documentId the ERP's key of the document, also of one made of a part; null if there is none
 * @param words the ERP's, if it has any; of a correction: the numbers of its documents; null if all is well
 */
public record ErpVerdict(
        boolean accepted,
        @Nullable String documentId,
        @Nullable String words) {}
