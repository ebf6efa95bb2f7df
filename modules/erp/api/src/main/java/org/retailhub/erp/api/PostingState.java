package org.retailhub.erp.api;

/** Where a posting stands. */
public enum PostingState {
    /** In the ERP's import tables, no verdict yet. */
    WRITTEN,
    /** The ERP made its document. */
    ACKNOWLEDGED,
    /** The ERP refused it, in its own words. */
    REJECTED,
    /** Taken back before the ERP made a document. */
    WITHDRAWN
}
