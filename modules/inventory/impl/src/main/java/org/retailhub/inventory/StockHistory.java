package org.retailhub.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.domain.ChannelRule;
import org.retailhub.inventory.domain.LedgerRow;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What the hub would have answered at a time, and why: by the balances that each row of the ledger carries, and by the rules of then. The
 * time is that of recording: a movement that came late was not known before it came.
 */
public final class StockHistory {
    private static final int MOST_REASONS = 10;

    private final Database database;

    StockHistory(Database database) {
        this.database = database;
    }

    /**
     * What was believed of a place.
     *
     * @param because the last movements before the time, the newest first
     * @param rule of the channel as it was; null if none was named, or there was none
     */
    public record Belief(StockQuestions.Line line, List<LedgerRow> because, Rules.@Nullable Known rule) {}

    /** In the order of the places. */
    public List<Belief> at(StockQuestions.Question question, Instant at) {
        Map<String, SortedMap<String, StockQuestions.At>> positions = positions(question, at);
        Map<String, Rules.Known> rules =
                question.channel() == null ? Map.of() : rules(question.tenant(), question.channel(), at);
        List<Belief> beliefs = new ArrayList<>();
        for (StockQuestions.Place place : question.places()) {
            Rules.Known rule = Optional.ofNullable(rules.get(place.sku())).orElse(rules.get(""));
            ChannelRule then = question.channel() == null ? null : rule == null ? ChannelRule.NONE : rule.rule();
            SortedMap<String, StockQuestions.At> bySku = positions.getOrDefault(place.sku(), new TreeMap<>());
            beliefs.add(new Belief(
                    StockQuestions.line(place, bySku, then), because(question.tenant(), place, bySku, then, at), rule));
        }
        return beliefs;
    }

    private Map<String, SortedMap<String, StockQuestions.At>> positions(StockQuestions.Question question, Instant at) {
        Map<String, SortedMap<String, StockQuestions.At>> positions = new HashMap<>();
        database.query(
                """
                select distinct p.tenant, p.sku, p.location, m.unit, m.on_hand_after, m.reserved_after, coalesce(s.quantity, 0)
                from unnest(?, ?) as k(sku, location)
                  join position p on p.tenant = ? and p.sku = k.sku and (k.location = '' or p.location = k.location)
                  join lateral (select unit, on_hand_after, reserved_after from movement
                    where tenant = p.tenant and sku = p.sku and location = p.location and recorded_at <= ?
                    order by number desc limit 1) m on true
                  left join lateral (select quantity from safety_version
                    where tenant = p.tenant and sku = p.sku and location = p.location and set_at <= ?
                    order by version desc limit 1) s on true""",
                row -> {
                    StockQuestions.At then = new StockQuestions.At(
                            new PositionKey(row.getString(1), row.getString(2), row.getString(3)),
                            row.getString(4),
                            row.getBigDecimal(5),
                            row.getBigDecimal(6),
                            row.getBigDecimal(7),
                            java.math.BigDecimal.ZERO);
                    return positions
                            .computeIfAbsent(row.getString(2), sku -> new TreeMap<>())
                            .put(row.getString(3), then);
                },
                question.places().stream().map(StockQuestions.Place::sku).toArray(String[]::new),
                question.places().stream().map(StockQuestions.Place::location).toArray(String[]::new),
                question.tenant(),
                at,
                at);
        return positions;
    }

    /** By SKU; under the empty one that of the channel as a whole. */
    private Map<String, Rules.Known> rules(String tenant, String channel, Instant at) {
        Map<String, Rules.Known> rules = new HashMap<>();
        database.query(
                """
                select distinct on (sku) version, buffer, cap, minimum_display, locations, set_at, sku from channel_rule_version
                where tenant = ? and channel = ? and set_at <= ? order by sku, version desc""",
                row -> {
                    if (row.getBigDecimal(2) != null) {
                        rules.put(row.getString(7), known(channel, row));
                    }
                    return row.getString(7);
                },
                tenant,
                channel,
                at);
        return rules;
    }

    private static Rules.Known known(String channel, ResultSet row) throws SQLException {
        return new Rules.Known(
                channel,
                row.getString(7),
                Rules.read(row),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }

    private List<LedgerRow> because(
            String tenant,
            StockQuestions.Place place,
            SortedMap<String, StockQuestions.At> bySku,
            @Nullable ChannelRule rule,
            Instant at) {
        Set<String> locations = place.location().isEmpty() ? bySku.keySet() : Set.of(place.location());
        Stream<LedgerRow> rows = locations.stream()
                .filter(location -> rule == null || !place.location().isEmpty() || rule.sellsFrom(location))
                .flatMap(location -> database
                        .query(
                                "select " + Ledger.COLUMNS + """

                                from movement m where m.tenant = ? and m.sku = ? and m.location = ? and m.recorded_at <= ?
                                order by m.number desc limit ?""",
                                Ledger::read,
                                tenant,
                                place.sku(),
                                location,
                                at,
                                MOST_REASONS)
                        .stream());
        return rows.sorted((a, b) -> b.recordedAt().compareTo(a.recordedAt()))
                .limit(MOST_REASONS)
                .toList();
    }
}
