package org.retailhub.channel.messaging;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.ShipmentTellings;
import org.retailhub.channel.ShipmentTellings.News;
import org.retailhub.channel.domain.Connection;
import org.retailhub.order.api.OrderShipped;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.trace.Trace;

/**
 * Hears from the order module what has left, and notes which channel is to be told of it; telling is another's. Whatever else is told there is passed
 * over, and so are orders of channels that no connection brings. A shipment that its channel refused comes back here when its case is released.
 */
public final class ShipmentEvents implements BatchHandler<Map<String, Connection>, Optional<News>> {
    private final ShipmentTellings tellings;
    private final Set<String> kinds;
    private final Trace trace;
    private final Clock clock;

    /** @param kinds of connections that can be told */
    public ShipmentEvents(ShipmentTellings tellings, Set<String> kinds, Trace trace, Clock clock) {
        this.tellings = tellings;
        this.kinds = kinds;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Map<String, Connection> load(List<Envelope> batch) {
        List<OrderShipped> events = new ArrayList<>();
        for (Envelope message : batch) {
            try {
                if (message.type().equals(OrderShipped.TYPE)) {
                    events.add(read(message));
                }
            } catch (RetailException e) {
                // Decided on below, by itself.
                continue;
            }
        }
        return tellings.connectionsOf(events);
    }

    @Override
    public Verdict<Optional<News>> decide(Envelope message, Map<String, Connection> connections) {
        if (!message.type().equals(OrderShipped.TYPE)) {
            return Verdict.handle(Optional.empty());
        }
        try {
            OrderShipped event = read(message);
            Connection connection = connections.get(ShipmentTellings.channel(event.tenant(), event.channel()));
            return Verdict.handle(
                    Optional.ofNullable(connection).map(each -> new News(message, event, each.code(), nobody(each))));
        } catch (RetailException e) {
            return Verdict.park(e.code(), e.detail());
        }
    }

    private @Nullable String nobody(Connection connection) {
        if (!kinds.contains(connection.kind())) {
            return "a channel of kind " + connection.kind() + " is not told of shipments";
        }
        return connection.apiUrl() == null ? "the connection has no apiUrl" : null;
    }

    /** @throws RetailException if it lacks something or is about another order than it says */
    static OrderShipped read(Envelope message) {
        OrderShipped event = StrictJson.readMessage(message.body(), OrderShipped.class);
        boolean itself = message.businessKey().equals(event.orderId())
                || message.businessKey().equals(ShipmentTellings.caseKey(event));
        boolean whole = event.lines().stream().allMatch(each -> each.lineId() != null && each.quantity() != null);
        if (!itself || !whole || !event.tenant().equals(message.tenant())) {
            throw new RetailException(
                    RuntimeError.MALFORMED_MESSAGE, "a field is missing, or it is not about " + message.businessKey());
        }
        return event;
    }

    @Override
    public void write(List<Decided<Optional<News>>> good, Map<String, Connection> connections) {
        List<News> news = good.stream().flatMap(each -> each.effect().stream()).toList();
        tellings.note(news, clock.instant());
        trace.record(news.stream()
                .filter(each -> each.nobody() != null)
                .map(each -> new Trace.Hop(
                        each.event().orderId(),
                        each.event().tenant(),
                        "channel-not-told",
                        each.message().messageId(),
                        "shipment " + each.event().shipmentNumber() + ": " + each.nobody()))
                .toList());
    }
}
