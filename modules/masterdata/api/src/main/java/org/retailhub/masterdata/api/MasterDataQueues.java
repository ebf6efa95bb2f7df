package org.retailhub.masterdata.api;

/** Destinations of this module. Command queues belong to their consumer, event addresses (multicast) to their producer. */
public final class MasterDataQueues {
    /** {@link LearnMaster}. */
    public static final String COMMANDS = "masterdata.commands";

    /** Events of this module. */
    public static final String EVENTS = "masterdata.events";

    private MasterDataQueues() {}
}
