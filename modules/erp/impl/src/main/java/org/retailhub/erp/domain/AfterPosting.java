package org.retailhub.erp.domain;

/** How an ERP gets to know what changes after it has made its document of an order. From the most it can do to the least. */
public enum AfterPosting {
    /** It changes its document by the difference. */
    DELTA,
    /** Its document stays; what is taken away comes back by a return document, what is added by another document. */
    RETURN_DOCUMENT,
    /** A person changes or cancels its document there. */
    PERSON
}
