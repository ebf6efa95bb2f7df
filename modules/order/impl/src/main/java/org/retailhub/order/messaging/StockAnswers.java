package org.retailhub.order.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.ReservationChanged;
import org.retailhub.order.Fulfilment;
import org.retailhub.order.Policies;
import org.retailhub.order.StockBook;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.canonical.FulfilmentPolicy;
import org.retailhub.order.domain.OrderLife.Happening;
import org.retailhub.order.domain.OrderStock;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;

/**
 * What became of the stock that orders asked to be held. Others hold stock too: what is about theirs is passed over. A batch may have
 * several answers for one order, each by another reservation: they are applied one after the other.
 */
public final class StockAnswers implements BatchHandler<StockAnswers.Facts, StockAnswers.Effect> {
    private static final Set<String> TYPES = Set.of(
            ReservationChanged.RESERVED,
            ReservationChanged.REFUSED,
            ReservationChanged.RELEASED,
            ReservationChanged.EXPIRED,
            ReservationChanged.CONSUMED);
    private static final int LONGEST_DETAIL = 120;

    /** By order id; by reference, whose it is. */
    public record Facts(Map<String, String> ownersOf, Map<String, StockBook.InHand> orders) {}

    /** @param order null if it is about somebody else's reservation */
    public record Effect(StockBook.@Nullable InHand order, String type, ReservationChanged answer) {}

    private final StockBook stockBook;
    private final Policies policies;
    private final Fulfilment fulfilment;
    private final Duration again;
    private final Clock clock;

    /** @param again when stock is looked for anew that an order lacks */
    public StockAnswers(StockBook stockBook, Policies policies, Fulfilment fulfilment, Duration again, Clock clock) {
        this.stockBook = stockBook;
        this.policies = policies;
        this.fulfilment = fulfilment;
        this.again = again;
        this.clock = clock;
    }

    @Override
    public Facts load(List<Envelope> batch) {
        Map<String, String> owners = stockBook.ordersOf(
                batch.stream().map(message -> reference(message.businessKey())).toList());
        return new Facts(owners, owners.isEmpty() ? Map.of() : stockBook.lock(new HashSet<>(owners.values()), true));
    }

    private static String reference(String businessKey) {
        return businessKey.substring(businessKey.indexOf('/') + 1);
    }

    @Override
    public Set<String> awaited(Set<String> keys) {
        Map<String, String> byReference = new HashMap<>();
        keys.forEach(key -> byReference.put(reference(key), key));
        byReference.keySet().retainAll(stockBook.ordersOf(byReference.keySet()).keySet());
        return Set.copyOf(byReference.values());
    }

    static ReservationChanged read(Envelope message) {
        return StrictJson.readMessage(message.body(), ReservationChanged.class);
    }

    @Override
    public Verdict<Effect> decide(Envelope message, Facts facts) {
        if (!TYPES.contains(message.type())) {
            return Verdict.park(RuntimeError.UNKNOWN_MESSAGE_TYPE, message.type());
        }
        ReservationChanged answer;
        try {
            answer = read(message);
        } catch (RetailException e) {
            return Verdict.park(e.code(), e.detail());
        }
        String owner = facts.ownersOf().get(reference(message.businessKey()));
        StockBook.InHand order = owner == null ? null : facts.orders().get(owner);
        if (order != null && !order.tenant().equals(message.tenant())) {
            return Verdict.park(
                    OrderError.UNEXPECTED_STOCK_ANSWER, "order " + owner + " is not of the tenant " + message.tenant());
        }
        return Verdict.handle(new Effect(order, message.type(), answer));
    }

    @Override
    public void write(List<Decided<Effect>> good, Facts facts) {
        Instant now = clock.instant();
        List<Fulfilment.Outcome> outcomes = new ArrayList<>();
        for (Decided<Effect> one : good) {
            StockBook.InHand order = one.effect().order();
            if (order != null) {
                outcomes.add(apply(order, one.effect(), one.message(), now));
            }
        }
        if (!outcomes.isEmpty()) {
            fulfilment.write(outcomes);
        }
    }

    private Fulfilment.Outcome apply(StockBook.InHand order, Effect effect, Envelope message, Instant now) {
        OrderStock stock = order.stock();
        String reference = effect.answer().reference();
        boolean inPart = policies.of(order.tenant(), order.channel()).postWhen() == FulfilmentPolicy.PostWhen.RESERVED;
        @Nullable
        Happening happening =
                switch (effect.type()) {
                    case ReservationChanged.RESERVED -> stock.held(reference, inPart, now, now.plus(again));
                    case ReservationChanged.REFUSED -> stock.refused(reference, places(effect.answer()), inPart, now);
                    case ReservationChanged.EXPIRED -> stock.expired(reference, now);
                    case ReservationChanged.RELEASED -> {
                        stock.released(reference, now);
                        yield null;
                    }
                    default -> {
                        stock.consumed(reference);
                        yield null;
                    }
                };
        return new Fulfilment.Outcome(
                order,
                happening,
                happening == Happening.HELD_IN_PART ? "what there is is held" : null,
                hop(effect.type()),
                detail(effect.answer()),
                message.messageId(),
                order.traceparent());
    }

    private static String hop(String type) {
        return switch (type) {
            case ReservationChanged.RESERVED -> "stock-reserved";
            case ReservationChanged.REFUSED -> "stock-refused";
            case ReservationChanged.EXPIRED -> "stock-expired";
            case ReservationChanged.RELEASED -> "stock-released";
            default -> "stock-consumed";
        };
    }

    private static Set<OrderStock.Place> places(ReservationChanged answer) {
        return answer.items().stream()
                .map(item -> new OrderStock.Place(item.sku(), item.location()))
                .collect(Collectors.toSet());
    }

    private static String detail(ReservationChanged answer) {
        String items = answer.items().stream()
                .map(item -> item.quantity().stripTrailingZeros().toPlainString() + " " + item.sku() + " at "
                        + item.location())
                .collect(Collectors.joining(", "));
        String whole = answer.reference() + ": " + items;
        return whole.length() > LONGEST_DETAIL ? whole.substring(0, LONGEST_DETAIL) : whole;
    }
}
