package org.retailhub.operations.domain;

/** The terms of the balance. What came in is counted in exactly one; {@link #MISSING} is the one that has to be zero. */
public enum Term {
    /** A payload that led to commands or events. */
    TOLD("told", Source.FATE),
    /** A payload that says nothing to others, by rule: unchanged, noted, not taken, replaced by the whole document. */
    NOTHING_TO_TELL("nothing-to-tell", Source.FATE),
    /** A newer version was there. */
    SUPERSEDED("superseded", Source.FATE),
    /** The same version was there, or the same delivery again. */
    DUPLICATE("duplicate", Source.FATE),
    POSTED("posted", Source.POSTING),
    NOT_FOR_ERP("not-for-erp", Source.ORDER),
    CANCELLED("cancelled", Source.ORDER),
    /** By the ERP, or given up by a person. */
    REFUSED("refused", Source.POSTING),
    WAITING_FOR_MAPPING("waiting-mapping", Source.ORDER),
    /** Its stock is being found or held, or there is none. */
    WAITING_FOR_STOCK("waiting-stock", Source.ORDER),
    WAITING_PARKED("waiting-parked", Source.HOSPITAL),
    /** On a queue, or in the ERP's import tables. */
    IN_FLIGHT("in-flight", Source.SENT),
    /** Nobody has it. */
    MISSING("missing", Source.NONE);

    /** Whose rows the term is counted from. */
    public enum Source {
        FATE,
        ORDER,
        POSTING,
        HOSPITAL,
        SENT,
        NONE
    }

    private final String wire;
    private final Source source;

    Term(String wire, Source source) {
        this.wire = wire;
        this.source = source;
    }

    /** The name in JSON; stable. */
    public String wire() {
        return wire;
    }

    public Source source() {
        return source;
    }
}
