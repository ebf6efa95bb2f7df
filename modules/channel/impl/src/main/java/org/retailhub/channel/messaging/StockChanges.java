package org.retailhub.channel.messaging;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.retailhub.channel.StockMappings;
import org.retailhub.channel.StockPositions;
import org.retailhub.channel.StockPublications;
import org.retailhub.channel.StockPublications.Key;
import org.retailhub.inventory.api.StockChanged;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;

/**
 * Hears from inventory which positions changed and notes what is to be told to whom; telling is another's. Whatever else is told there is
 * passed over: a reservation is told as the positions that it changed, too.
 */
public final class StockChanges
        implements BatchHandler<Map<String, List<StockMappings.Told>>, Optional<StockPositions.Heard>> {
    private final StockPositions positions;
    private final StockMappings mappings;
    private final StockPublications publications;
    private final Set<String> kinds;
    private final Clock clock;

    /** @param kinds of connections that can be told */
    public StockChanges(
            StockPositions positions,
            StockMappings mappings,
            StockPublications publications,
            Set<String> kinds,
            Clock clock) {
        this.positions = positions;
        this.mappings = mappings;
        this.publications = publications;
        this.kinds = kinds;
        this.clock = clock;
    }

    /** Who is to be told, by tenant. */
    @Override
    public Map<String, List<StockMappings.Told>> load(List<Envelope> batch) {
        Set<String> tenants = new HashSet<>();
        batch.stream()
                .filter(message -> message.type().equals(StockChanged.TYPE))
                .forEach(message -> tenants.add(message.tenant()));
        return tenants.isEmpty() ? Map.of() : mappings.told(tenants, kinds);
    }

    @Override
    public Verdict<Optional<StockPositions.Heard>> decide(
            Envelope message, Map<String, List<StockMappings.Told>> told) {
        if (!message.type().equals(StockChanged.TYPE)) {
            return Verdict.handle(Optional.empty());
        }
        try {
            return Verdict.handle(Optional.of(new StockPositions.Heard(message.sequence(), read(message))));
        } catch (RetailException e) {
            return Verdict.park(e.code(), e.detail());
        }
    }

    /** @throws RetailException if it lacks something or is about another position than it says */
    static StockChanged read(Envelope message) {
        StockChanged stock = StrictJson.readMessage(message.body(), StockChanged.class);
        boolean whole = stock.tenant() != null
                && stock.sku() != null
                && stock.location() != null
                && stock.unit() != null
                && stock.onHand() != null
                && stock.reserved() != null
                && stock.safety() != null
                && stock.recordedAt() != null;
        if (!whole
                || !message.businessKey()
                        .equals(StockChanged.businessKey(stock.tenant(), stock.sku(), stock.location()))
                || !stock.tenant().equals(message.tenant())) {
            throw new RetailException(
                    RuntimeError.MALFORMED_MESSAGE, "a field is missing, or it is not about " + message.businessKey());
        }
        return stock;
    }

    @Override
    public void write(List<Decided<Optional<StockPositions.Heard>>> good, Map<String, List<StockMappings.Told>> told) {
        Instant now = clock.instant();
        Map<StockPositions.Key, StockPositions.Heard> heard = new HashMap<>();
        good.stream()
                .flatMap(each -> each.effect().stream())
                .forEach(each -> heard.put(StockPositions.Key.of(each.stock()), each));
        SortedMap<Key, Long> due = new TreeMap<>();
        for (StockPositions.Key news : positions.hear(List.copyOf(heard.values()), now)) {
            StockPositions.Heard change = heard.get(news);
            if (change == null) {
                throw new IllegalStateException("not told of " + news);
            }
            for (StockMappings.Told each : told.getOrDefault(news.tenant(), List.of())) {
                each.affectedBy(news.location())
                        .forEach(location -> due.merge(
                                new Key(each.connection(), news.sku(), location),
                                change.stock().movement(),
                                Math::max));
            }
        }
        publications.hear(due, now);
    }
}
