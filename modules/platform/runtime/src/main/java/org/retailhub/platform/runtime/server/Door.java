package org.retailhub.platform.runtime.server;

import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** Whether anything of a lane is taken in now; asked before its transaction. */
public final class Door {
    private final ServerState server;
    private final JournalSpace journal;
    private final Backlog backlog;

    Door(ServerState server, JournalSpace journal, Backlog backlog) {
        this.server = server;
        this.journal = journal;
        this.backlog = backlog;
    }

    /** @throws RetailException {@link RuntimeError#FENCED}, {@link RuntimeError#JOURNAL_FULL}, {@link RuntimeError#SHED} */
    public void admit(Lane lane) {
        if (server.isFenced()) {
            throw new RetailException(RuntimeError.FENCED, "its stores are being compared; send it again later");
        }
        journal.admit(lane);
        backlog.admit(lane);
    }
}
