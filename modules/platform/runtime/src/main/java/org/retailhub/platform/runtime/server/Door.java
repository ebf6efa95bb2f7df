package org.retailhub.platform.runtime.server;

import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** Whether anything that makes a message is taken in now; asked before its transaction. */
public final class Door {
    private final ServerState server;
    private final JournalSpace journal;

    Door(ServerState server, JournalSpace journal) {
        this.server = server;
        this.journal = journal;
    }

    /** @throws RetailException {@link RuntimeError#FENCED}, {@link RuntimeError#JOURNAL_FULL} */
    public void admit() {
        if (server.isFenced()) {
            throw new RetailException(RuntimeError.FENCED, "its stores are being compared; send it again later");
        }
        journal.admit();
    }
}
