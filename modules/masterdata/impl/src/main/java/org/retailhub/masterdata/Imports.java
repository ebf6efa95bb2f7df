package org.retailhub.masterdata;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import org.retailhub.partner.api.PartnerDirectory;
import org.retailhub.platform.kernel.KeyDirectory;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.PreparedBranches;

/** All that this module needs from outside: its datasource, and the partner module for its gate. */
@ApplicationScoped
public class Imports {
    @Resource(lookup = "java:jboss/datasources/retail/masterdata")
    private DataSource dataSource;

    @EJB(lookup = PartnerDirectory.LOOKUP)
    private PartnerDirectory directory;

    @Produces
    @Singleton
    public Database database() {
        return new Database(dataSource);
    }

    @Produces
    @Singleton
    public PreparedBranches preparedBranches(Clock clock, Database database) {
        return new PreparedBranches(clock, database);
    }

    @Produces
    @Singleton
    public KeyDirectory keys() {
        return directory;
    }
}
