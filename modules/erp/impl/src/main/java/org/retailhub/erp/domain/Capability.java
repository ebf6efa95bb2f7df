package org.retailhub.erp.domain;

/** What a kind of ERP can do with a posting that it has taken already. */
public enum Capability {
    /** Rows can be replaced as long as no document was made of them. */
    REPLACES_UNTIL_IMPORTED,
    /** Rows can be taken back as long as no document was made of them. */
    WITHDRAWS_UNTIL_IMPORTED,
    /** Its verdicts can be asked for by order, any time later. */
    TELLS_VERDICTS
}
