package org.retailhub.erp.api;

/** Destinations of the ERP module. Command queues belong to their consumer, event addresses to their producer. */
public final class ErpQueues {
    /** Postings for the ERP behind iDempiere's import tables; one queue per target, so that one ERP down stops only itself. */
    public static final String POSTINGS_IDEMPIERE = "erp.postings.idempiere";

    /** Verdicts of the ERP: a topic to send to. The broker copies each message to one JMS queue per subscribing module. */
    public static final String EVENTS = "erp.events";

    /** The order module's queue, fed from {@link #EVENTS}: consumed as a queue ({@code java:/jms/queue/erp.events.order}). */
    public static final String EVENTS_FOR_ORDER = "erp.events.order";

    private ErpQueues() {}
}
