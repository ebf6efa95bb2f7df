package org.retailhub.inventory;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.Availability;
import org.retailhub.inventory.domain.PositionKey;

/** One read outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(Availability.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AvailabilityBean implements Availability {
    @Inject
    private StockQuestions questions;

    @Inject
    private ExpectedReceipts receipts;

    /** For the container. */
    public AvailabilityBean() {}

    AvailabilityBean(StockQuestions questions, ExpectedReceipts receipts) {
        this.questions = questions;
        this.receipts = receipts;
    }

    @Override
    public Map<Place, Stock> at(String tenant, Set<Place> places) {
        StockQuestions.Answer answer = ask(tenant, places, null);
        Map<Place, Stock> found = new HashMap<>();
        answer.lines().stream()
                .filter(StockQuestions.Line::isKnown)
                .forEach(line -> found.put(
                        new Place(line.place().sku(), line.place().location()),
                        new Stock(
                                line.onHand(), line.reserved(), line.safety(), line.availableToSell(), answer.asOf())));
        return found;
    }

    @Override
    public Map<Place, List<Expected>> expected(String tenant, Set<Place> places) {
        Map<Place, List<Expected>> found = new HashMap<>();
        receipts.open(places.stream()
                        .map(place -> new PositionKey(tenant, place.sku(), place.location()))
                        .toList())
                .forEach((position, open) -> found.put(
                        new Place(position.sku(), position.location()),
                        open.stream()
                                .map(each -> new Expected(each.quantity(), each.expectedAt(), each.document()))
                                .toList()));
        return found;
    }

    public Map<Place, Shown> forChannel(String tenant, String channel, Set<Place> places) {
        StockQuestions.Answer answer = ask(tenant, places, channel);
        Map<Place, Shown> found = new HashMap<>();
        for (StockQuestions.Line line : answer.lines()) {
            if (line.isKnown() && line.shown() != null) {
                found.put(
                        new Place(line.place().sku(), line.place().location()), new Shown(line.shown(), answer.asOf()));
            }
        }
        return found;
    }

    private StockQuestions.Answer ask(String tenant, Set<Place> places, @Nullable String channel) {
        return questions
                .answer(List.of(new StockQuestions.Question(
                        tenant,
                        places.stream()
                                .map(place -> new StockQuestions.Place(place.sku(), place.location()))
                                .toList(),
                        channel)))
                .get(0);
    }

    @Override
    public Map<String, List<Place>> placesOf(String tenant, Set<String> skus) {
        Map<String, List<Place>> found = new HashMap<>();
        questions
                .locationsOf(tenant, skus)
                .forEach((sku, locations) -> found.put(
                        sku,
                        locations.stream()
                                .map(location -> new Place(sku, location))
                                .toList()));
        return found;
    }
}
