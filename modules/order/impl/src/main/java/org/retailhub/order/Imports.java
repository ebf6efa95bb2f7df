package org.retailhub.order;

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
import org.retailhub.inventory.api.Availability;
import org.retailhub.inventory.api.ChannelPools;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.masterdata.api.Customers;
import org.retailhub.masterdata.api.Locations;
import org.retailhub.masterdata.api.Products;
import org.retailhub.masterdata.api.SalesAccounts;
import org.retailhub.masterdata.api.TaxCodes;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.order.sourcing.ParcelCounts;
import org.retailhub.order.sourcing.RulesInForce;
import org.retailhub.order.sourcing.Sourcing;
import org.retailhub.partner.api.PartnerDirectory;
import org.retailhub.platform.kernel.KeyDirectory;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.Source;
import org.retailhub.platform.runtime.server.ModuleKit;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.PreparedBranches;

/** All that this module needs from outside: its database, other modules' answers, the queues it sends to and drains. */
@ApplicationScoped
public class Imports {
    @Resource(lookup = "java:jboss/datasources/retail/order")
    private DataSource dataSource;

    @EJB(lookup = PartnerDirectory.LOOKUP)
    private PartnerDirectory partners;

    @EJB(lookup = Products.LOOKUP)
    private Products products;

    @EJB(lookup = Locations.LOOKUP)
    private Locations locations;

    @EJB(lookup = SalesAccounts.LOOKUP)
    private SalesAccounts salesAccounts;

    @EJB(lookup = Customers.LOOKUP)
    private Customers customers;

    @EJB(lookup = TaxCodes.LOOKUP)
    private TaxCodes taxCodes;

    @EJB(lookup = Availability.LOOKUP)
    private Availability availability;

    @EJB(lookup = ChannelPools.LOOKUP)
    private ChannelPools channelPools;

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

    @Produces
    @Singleton
    public KnownSkus knownSkus() {
        return new KnownSkus(products);
    }

    @Produces
    @Singleton
    public Sourcing sourcing(RulesInForce rules, ParcelCounts parcels, Clock clock) {
        return new Sourcing(availability, channelPools, locations, salesAccounts, rules, parcels, clock);
    }

    @Produces
    @Singleton
    public Sources sources(Sourcing sourcing) {
        return new RuledSources(sourcing, new PlainSources(availability));
    }

    @Produces
    @Singleton
    public Completion completion(Database database, TaxTables tables) {
        return new Completion(database, tables, customers, taxCodes);
    }

    /** Sends to {@link ErpQueues#POSTINGS_IDEMPIERE}, {@link InventoryQueues#COMMANDS} and {@link OrderQueues#EVENTS}, nowhere else. */
    @Produces
    @Singleton
    public MessageSender messageSender(Database database, ModuleKit kit, Clock clock) {
        Map<String, Destination> destinations = Map.of(
                ErpQueues.POSTINGS_IDEMPIERE,
                queue(ErpQueues.POSTINGS_IDEMPIERE),
                InventoryQueues.COMMANDS,
                queue(InventoryQueues.COMMANDS),
                OrderQueues.EVENTS,
                lookUp("java:/jms/topic/" + OrderQueues.EVENTS, Topic.class));
        return new MessageSender(database, kit.connectionFactory(), destinations, clock);
    }

    /** The ERP's verdicts. */
    static Source erpVerdicts() {
        return source(ErpQueues.EVENTS_FOR_ORDER);
    }

    /** What connectors want done. */
    static Source commands() {
        return source(OrderQueues.COMMANDS);
    }

    /** What became of reservations. */
    static Source stockAnswers() {
        return source(InventoryQueues.EVENTS_FOR_ORDER);
    }

    private static Source source(String name) {
        return new Source(name, queue(name), queue(name + ".dead"));
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
