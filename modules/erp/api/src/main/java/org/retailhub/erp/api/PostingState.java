package org.retailhub.erp.api;

/** Where a posting stands. */
public enum PostingState {
    /** In the ERP's import tables, no verdict yet. */
    WRITTEN,
    /** The ERP made its document, and all further ones that changes needed. */
    ACKNOWLEDGED,
    /** The ERP refused it, in its own words. */
    REJECTED,
    /** Taken back, before the ERP made a document or by one that returns it. */
    WITHDRAWN
}
