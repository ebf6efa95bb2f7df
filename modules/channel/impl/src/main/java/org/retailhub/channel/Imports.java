package org.retailhub.channel;

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
import org.retailhub.channel.api.ChannelQueues;
import org.retailhub.inventory.api.Availability;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.partner.api.PartnerDirectory;
import org.retailhub.platform.kernel.KeyDirectory;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.Source;
import org.retailhub.platform.runtime.server.ModuleKit;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.PreparedBranches;

/** All that this module needs from outside: its database, whose keys are whose, what channels may show, the queues it drains and sends to. */
@ApplicationScoped
public class Imports {
    @Resource(lookup = "java:jboss/datasources/retail/channel")
    private DataSource dataSource;

    @EJB(lookup = PartnerDirectory.LOOKUP)
    private PartnerDirectory partners;

    @EJB(lookup = Availability.LOOKUP)
    private Availability availability;

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

    /** What channels may show; never joins our transaction. */
    @Produces
    @Singleton
    public Availability availability() {
        return availability;
    }

    /** Sends to {@link ChannelQueues#INBOUND}, {@link OrderQueues#COMMANDS} and {@link ChannelQueues#EVENTS}. */
    @Produces
    @Singleton
    public MessageSender messageSender(Database database, ModuleKit kit, Clock clock) {
        Map<String, Destination> destinations = Map.of(
                ChannelQueues.INBOUND, queue(ChannelQueues.INBOUND),
                OrderQueues.COMMANDS, queue(OrderQueues.COMMANDS),
                ChannelQueues.EVENTS, lookUp("java:/jms/topic/" + ChannelQueues.EVENTS, Topic.class));
        return new MessageSender(database, kit.connectionFactory(), destinations, clock);
    }

    /** What came in and waits to be translated. */
    static Source inbound() {
        String name = ChannelQueues.INBOUND;
        return new Source(name, queue(name), queue(name + ".dead"));
    }

    /** What became of stock. */
    static Source stock() {
        String name = InventoryQueues.EVENTS_FOR_CHANNEL;
        return new Source(name, queue(name), queue(name + ".dead"));
    }

    /** What became of orders. */
    static Source orders() {
        String name = OrderQueues.EVENTS_FOR_CHANNEL;
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
