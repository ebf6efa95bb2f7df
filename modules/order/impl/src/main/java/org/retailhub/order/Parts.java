package org.retailhub.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.messaging.Postings;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.server.ServerState;
import org.retailhub.platform.runtime.sql.Database;

/** The module's plain classes for CDI. */
@ApplicationScoped
public class Parts {
    @Produces
    @Singleton
    public OrderBook orderBook(Database database) {
        return new OrderBook(database);
    }

    @Produces
    @Singleton
    public Postings postings(Ulid ids) {
        return new Postings(ids);
    }

    @Produces
    @Singleton
    public Door door(ServerState server) {
        return new Door(server, JournalSpace.ofThisServer());
    }
}
