package org.retailhub.masterdata;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.retailhub.platform.runtime.server.DatabaseFitness;
import org.retailhub.platform.runtime.sql.Database;

/** Keeps the module from starting on a database that would lose what it acknowledges. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StartUp {
    @Inject
    private Database database;

    @PostConstruct
    void check() {
        DatabaseFitness.check(database);
    }
}
