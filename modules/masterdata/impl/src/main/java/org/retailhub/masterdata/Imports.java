package org.retailhub.masterdata;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.jms.Queue;
import java.time.Clock;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.retailhub.masterdata.api.MasterDataQueues;
import org.retailhub.partner.api.PartnerDirectory;
import org.retailhub.platform.kernel.KeyDirectory;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.Source;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.PreparedBranches;

/** All that this module needs from outside: its datasource, the partner module for its gate, the queue it drains. */
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

    /** What ERPs say of their masters. */
    static Source commands() {
        return new Source(
                MasterDataQueues.COMMANDS,
                queue(MasterDataQueues.COMMANDS),
                queue(MasterDataQueues.COMMANDS + ".dead"));
    }

    /** @throws RetailException {@link RuntimeError#SERVER_NOT_FIT} with the cure */
    private static Queue queue(String name) {
        String jndi = "java:/jms/queue/" + name;
        try {
            return Queue.class.cast(InitialContext.doLookup(jndi));
        } catch (NamingException e) {
            throw new RetailException(
                    RuntimeError.SERVER_NOT_FIT,
                    jndi + " is missing. Apply the scripts of wildfly-config to this server and start it again.",
                    e);
        }
    }
}
