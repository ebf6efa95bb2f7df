package org.retailhub.platform.runtime.server;

import org.retailhub.platform.runtime.sql.Database;

/**
 * The right to run one loop in the whole cluster: a row lock in the module's own schema, held for one transaction. A branch left
 * in doubt by a crash keeps the lock until recovery has decided it, so no other node runs ahead of it.
 */
public final class Lease {
    private final Database database;
    private final String name;

    public Lease(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    /** Makes the row; outside any transaction, any number of times. */
    public void register() {
        database.update("insert into drain_lease (name) values (?) on conflict do nothing", name);
    }

    /** In the caller's transaction, first of all: it also enlists the database before anything else. */
    public boolean take() {
        return database.queryOne("select 1 from drain_lease where name = ? for update skip locked", row -> 1, name)
                .isPresent();
    }
}
