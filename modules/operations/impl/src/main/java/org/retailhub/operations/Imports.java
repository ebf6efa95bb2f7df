package org.retailhub.operations;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.retailhub.partner.api.PartnerDirectory;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.KeyDirectory;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.PreparedBranches;

/** All that this module needs from outside: its database, whose keys are whose, and what each module tells of its rows. */
@ApplicationScoped
public class Imports {
    @Resource(lookup = "java:jboss/datasources/retail/operations")
    private DataSource dataSource;

    @EJB(lookup = PartnerDirectory.LOOKUP)
    private PartnerDirectory partners;

    @EJB(lookup = "java:app/channel/" + Insight.BEAN)
    private Insight channel;

    @EJB(lookup = "java:app/order/" + Insight.BEAN)
    private Insight order;

    @EJB(lookup = "java:app/masterdata/" + Insight.BEAN)
    private Insight masterdata;

    @EJB(lookup = "java:app/inventory/" + Insight.BEAN)
    private Insight inventory;

    @EJB(lookup = "java:app/erp/" + Insight.BEAN)
    private Insight erp;

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
    public KeyDirectory keyDirectory() {
        return partners;
    }

    /** In the order in which an order passes through them. */
    @Produces
    @Singleton
    public Modules modules() {
        Map<String, Insight> all = new LinkedHashMap<>();
        all.put("channel", channel);
        all.put("order", order);
        all.put("inventory", inventory);
        all.put("erp", erp);
        all.put("masterdata", masterdata);
        return new Modules(all);
    }
}
