package org.retailhub.architecture.bad.alpha.api;

/** Good: constants. */
public final class AlphaQueues {
    public static final String COMMANDS = "alpha.commands";

    private AlphaQueues() {}
}
