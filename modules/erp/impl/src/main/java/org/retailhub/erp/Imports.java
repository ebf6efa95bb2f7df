package org.retailhub.erp;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.jms.Destination;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.time.Clock;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.masterdata.api.Locations;
import org.retailhub.masterdata.api.MasterDataQueues;
import org.retailhub.masterdata.api.Products;
import org.retailhub.masterdata.api.SalesAccounts;
import org.retailhub.partner.api.PartnerDirectory;
import org.retailhub.platform.kernel.KeyDirectory;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.Source;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sent.SentMessages;
import org.retailhub.platform.runtime.server.ModuleKit;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.PreparedBranches;
import org.retailhub.platform.runtime.tx.Transactions;

/** All that this module needs from outside: its database and the ERP's, other modules' answers, what it drains and sends to. */
@ApplicationScoped
public class Imports {
    @Resource(lookup = "java:jboss/datasources/retail/erp")
    private DataSource dataSource;

    @Resource(lookup = "java:jboss/datasources/retail/erp-idempiere")
    private DataSource idempiere;

    @EJB(lookup = PartnerDirectory.LOOKUP)
    private PartnerDirectory partners;

    @EJB(lookup = Products.LOOKUP)
    private Products products;

    @EJB(lookup = Locations.LOOKUP)
    private Locations locations;

    @EJB(lookup = SalesAccounts.LOOKUP)
    private SalesAccounts accounts;

    @Produces
    @Singleton
    Database database() {
        return new Database(dataSource);
    }

    /** The ERP's own database; never mixed up with {@link #database()}, so it is no bean. */
    Database idempiere() {
        return new Database(idempiere);
    }

    /** The hub's branches in the ERP's database too. */
    @Produces
    @Singleton
    PreparedBranches preparedBranches(Clock clock, Database database) {
        return new PreparedBranches(clock, database, idempiere());
    }

    @Produces
    @Singleton
    KeyDirectory keyDirectory() {
        return partners;
    }

    Products products() {
        return products;
    }

    Locations locations() {
        return locations;
    }

    SalesAccounts accounts() {
        return accounts;
    }

    /** Sends to {@link ErpQueues#EVENTS} and to the commands of inventory and masterdata, nowhere else. */
    @Produces
    @Singleton
    MessageSender messageSender(Database database, ModuleKit kit, Clock clock) {
        Destination events = lookUp("java:/jms/topic/" + ErpQueues.EVENTS, Topic.class);
        return new MessageSender(
                database,
                kit.connectionFactory(),
                Map.of(
                        ErpQueues.EVENTS,
                        events,
                        InventoryQueues.COMMANDS,
                        queue(InventoryQueues.COMMANDS),
                        MasterDataQueues.COMMANDS,
                        queue(MasterDataQueues.COMMANDS)),
                clock);
    }

    /** The log keeps the body of every event. */
    @Produces
    @Singleton
    SentMessages sentMessages(Database database, MessageSender sender, Transactions transactions, Trace trace) {
        return new SentMessages(database, sender, Bodies.NONE, transactions, trace);
    }

    @Produces
    @Singleton
    PostingAccounts accounts(Database database, Targets targets, Clock clock) {
        return new PostingAccounts(database, targets::all, clock);
    }

    @Produces
    @Singleton
    PostingInsight insight(Database database, Clock clock) {
        return new PostingInsight(database, new ModuleLog(database, Bodies.NONE), clock);
    }

    /** The postings for one ERP. */
    static Source postings(String queue) {
        return new Source(queue, queue(queue), queue(queue + ".dead"));
    }

    /** The movements of stock for the ERP, of all that inventory tells. */
    static Source movements() {
        String queue = InventoryQueues.EVENTS_FOR_ERP;
        return new Source(queue, queue(queue), queue(queue + ".dead"));
    }

    private static Queue queue(String name) {
        return lookUp("java:/jms/queue/" + name, Queue.class);
    }

    /** @throws RetailException {@link RuntimeError#SERVER_NOT_FIT} with the cure */
    private static <T extends Destination> T lookUp(String jndi, Class<T> type) {
        try {
            return type.cast(InitialContext.doLookup(jndi));
        } catch (NamingException e) {
            throw new RetailException(
                    RuntimeError.SERVER_NOT_FIT,
                    jndi + " is missing. Apply the scripts of wildfly-config to this server and start it again.",
                    e);
        }
    }
}
