package org.retailhub.channel;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.retailhub.channel.shopify.ShopifyConnector;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sent.SentMessages;
import org.retailhub.platform.runtime.server.Door;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/** The module's plain classes for CDI; the connectors there are. */
@ApplicationScoped
public class Parts {
    /** Replaces the key before it while secrets are entered anew under it. */
    private static final String KEY = "RETAIL_CHANNEL_SECRETS_KEY";

    @Produces
    @Singleton
    public Connectors connectors() {
        return new Connectors(List.of(new ShopifyConnector()));
    }

    @Produces
    @Singleton
    public Connections connections(Database database) {
        return new Connections(database);
    }

    @Produces
    @Singleton
    public Sweeps sweeps(Database database) {
        return new Sweeps(database);
    }

    @Produces
    @Singleton
    public ConnectionDesk connectionDesk(Connections connections, Sweeps sweeps, Ulid ids, Clock clock) {
        SecretBox box = new SecretBox(System.getenv(KEY), System.getenv(KEY + "_BEFORE"));
        return new ConnectionDesk(connections, sweeps, box, ids, clock);
    }

    @Produces
    @Singleton
    public OpenConnections openConnections(Connections connections, ConnectionDesk desk) {
        return new OpenConnections(connections, desk);
    }

    @Produces
    @Singleton
    public Payloads payloads(Database database) {
        return new Payloads(database);
    }

    @Produces
    @Singleton
    public Documents documents(Database database) {
        return new Documents(database);
    }

    @Produces
    @Singleton
    public StockMappings stockMappings(Database database) {
        return new StockMappings(database);
    }

    @Produces
    @Singleton
    public StockPublications stockPublications(Database database) {
        return new StockPublications(database);
    }

    @Produces
    @Singleton
    public ShipmentTellings shipmentTellings(Database database) {
        return new ShipmentTellings(database);
    }

    @Produces
    @Singleton
    public StoreStock storeStock(Database database) {
        return new StoreStock(database);
    }

    @Produces
    @Singleton
    public StockBoard stockBoard(Database database) {
        return new StockBoard(database);
    }

    @Produces
    @Singleton
    public StockDesk stockDesk(
            Connections connections, StockMappings mappings, StockPublications publications, Clock clock) {
        return new StockDesk(connections, mappings, publications, clock);
    }

    @Produces
    @Singleton
    public PayloadDoor payloadDoor(
            OpenConnections connections, Connectors connectors, Door door, Ulid ids, Clock clock) {
        return new PayloadDoor(connections, connectors, door, ids, clock);
    }

    /** The log keeps each body: what a payload was translated to belongs to the translator of its day. */
    @Produces
    @Singleton
    public SentMessages sentMessages(Database database, MessageSender sender, Transactions transactions, Trace trace) {
        return new SentMessages(database, sender, Bodies.NONE, transactions, trace);
    }

    @Produces
    @Singleton
    public PayloadAccounts accounts(Database database) {
        return new PayloadAccounts(database);
    }

    @Produces
    @Singleton
    public PayloadInsight insight(Database database, ShipmentTellings tellings, Clock clock) {
        return new PayloadInsight(database, new ModuleLog(database, Bodies.NONE), tellings, clock);
    }
}
