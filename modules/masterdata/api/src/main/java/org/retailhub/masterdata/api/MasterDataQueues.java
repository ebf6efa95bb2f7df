package org.retailhub.masterdata.api;

/** The addresses this module sends to. Multicast: one durable queue per subscribing module. */
public final class MasterDataQueues {
    /** Events of this module. */
    public static final String EVENTS = "masterdata.events";

    private MasterDataQueues() {}
}
