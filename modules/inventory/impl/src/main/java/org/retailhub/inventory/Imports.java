package org.retailhub.inventory;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.jms.Destination;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.partner.api.PartnerDirectory;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.KeyDirectory;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.Source;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sent.SentMessages;
import org.retailhub.platform.runtime.server.ModuleKit;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.PreparedBranches;
import org.retailhub.platform.runtime.tx.Transactions;

/** All that this module needs from outside: its database, whose keys are whose, the queues it drains and sends to. */
@ApplicationScoped
public class Imports {
    @Resource(lookup = "java:jboss/datasources/retail/inventory")
    private DataSource dataSource;

    @EJB(lookup = PartnerDirectory.LOOKUP)
    private PartnerDirectory partners;

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

    /** Sends to {@link InventoryQueues#EVENTS}, nowhere else. */
    @Produces
    @Singleton
    public MessageSender messageSender(Database database, ModuleKit kit, Clock clock) {
        Destination events = lookUp("java:/jms/topic/" + InventoryQueues.EVENTS, Topic.class);
        return new MessageSender(database, kit.connectionFactory(), Map.of(InventoryQueues.EVENTS, events), clock);
    }

    /** Each subscriber is sent to by a sender of its own: to its queue alone, in place of the address. */
    @Produces
    @Singleton
    public Subscribers subscribers(
            Database database, ModuleKit kit, Transactions transactions, Trace trace, Clock clock) {
        return new Subscribers(new Subscribers.Outside() {
            @Override
            public List<String> queues() {
                return queueNames();
            }

            @Override
            public SentMessages sender(String queue) {
                MessageSender sender = new MessageSender(
                        database, kit.connectionFactory(), Map.of(InventoryQueues.EVENTS, queue(queue)), clock);
                return new SentMessages(database, sender, Bodies.NONE, transactions, trace);
            }

            @Override
            public @Nullable Insight insight(String module) {
                return insightOf(module);
            }
        });
    }

    private static List<String> queueNames() {
        try {
            return Collections.list(new InitialContext().list("java:/jms/queue")).stream()
                    .map(NameClassPair::getName)
                    .toList();
        } catch (NamingException e) {
            throw new RetailException(RuntimeError.SERVER_NOT_FIT, "java:/jms/queue cannot be listed", e);
        }
    }

    /** A subscriber need not be a module of this server. */
    private static @Nullable Insight insightOf(String module) {
        try {
            return InitialContext.doLookup("java:app/" + module + "/" + Insight.BEAN);
        } catch (NamingException nobody) {
            return null;
        }
    }

    /** What others want recorded, held, given back. */
    static Source commands() {
        String name = InventoryQueues.COMMANDS;
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
