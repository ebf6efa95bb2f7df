package org.retailhub.inventory;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.domain.ChannelRule;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.runtime.sql.Database;

/** What can be sold: any number of questions by one statement, so that positions and rules are of one moment. */
public final class StockQuestions {
    private static final String ALL = "";

    private final Database database;
    private final Clock clock;

    StockQuestions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A SKU at a location; the location is empty for all that the channel sells from. */
    public record Place(String sku, String location) {}

    /** @param channel whose rules count; null for none */
    public record Question(
            String tenant, List<Place> places, @Nullable String channel) {}

    /**
     * What is there at a place.
     *
     * @param isKnown whether anything ever moved there
     * @param availableToSell over several locations, what is missing at one does not count against another
     * @param shown what the channel may sell; null if none was named
     */
    public record Line(
            Place place,
            boolean isKnown,
            String unit,
            BigDecimal onHand,
            BigDecimal reserved,
            BigDecimal safety,
            BigDecimal unknownToErp,
            BigDecimal availableToSell,
            @Nullable BigDecimal shown) {}

    /** @param asOf what was committed before then is in it */
    public record Answer(Instant asOf, List<Line> lines) {}

    /** A position as it is told. */
    record At(
            PositionKey key,
            String unit,
            BigDecimal onHand,
            BigDecimal reserved,
            BigDecimal safety,
            BigDecimal unknown) {
        BigDecimal availableToSell() {
            return onHand.subtract(reserved).subtract(safety);
        }
    }

    private record RuleKey(String tenant, String channel, String sku) {}

    private record Sku(String tenant, String sku) {}

    /** In the order of the questions. */
    List<Answer> answer(List<Question> questions) {
        Set<PositionKey> asked = new LinkedHashSet<>();
        Set<RuleKey> rulesAsked = new LinkedHashSet<>();
        for (Question question : questions) {
            for (Place place : question.places()) {
                asked.add(new PositionKey(question.tenant(), place.sku(), place.location()));
                if (question.channel() != null) {
                    rulesAsked.add(new RuleKey(question.tenant(), question.channel(), place.sku()));
                }
            }
        }
        Instant asOf = clock.instant();
        Map<Sku, SortedMap<String, At>> positions = new HashMap<>();
        Map<RuleKey, ChannelRule> rules = new HashMap<>();
        ask(asked, rulesAsked, positions, rules);
        return questions.stream()
                .map(question -> new Answer(
                        asOf,
                        question.places().stream()
                                .map(place -> line(
                                        place,
                                        positions.getOrDefault(
                                                new Sku(question.tenant(), place.sku()), new TreeMap<>()),
                                        question.channel() == null ? null : rule(question, place, rules)))
                                .toList()))
                .toList();
    }

    private void ask(
            Collection<PositionKey> asked,
            Collection<RuleKey> rulesAsked,
            Map<Sku, SortedMap<String, At>> positions,
            Map<RuleKey, ChannelRule> rules) {
        database.query(
                """
                select 'position', p.tenant, p.sku, p.location, p.unit, p.on_hand, p.reserved, p.safety, p.unknown_to_erp, null::text[], 0
                from unnest(?, ?, ?) as k(tenant, sku, location)
                  join position p on p.tenant = k.tenant and p.sku = k.sku and (k.location = '' or p.location = k.location)
                union all
                select 'rule', r.tenant, r.sku, r.channel, '', r.buffer, r.cap, r.minimum_display, null, r.locations, r.version
                from unnest(?, ?, ?) as k(tenant, channel, sku)
                  join channel_rule r on r.tenant = k.tenant and r.channel = k.channel and r.sku in ('', k.sku)""",
                row -> {
                    if (row.getString(1).equals("rule")) {
                        return rules.put(new RuleKey(row.getString(2), row.getString(4), row.getString(3)), rule(row));
                    }
                    At at = new At(
                            new PositionKey(row.getString(2), row.getString(3), row.getString(4)),
                            row.getString(5),
                            row.getBigDecimal(6),
                            row.getBigDecimal(7),
                            row.getBigDecimal(8),
                            row.getBigDecimal(9));
                    return positions
                            .computeIfAbsent(new Sku(row.getString(2), row.getString(3)), sku -> new TreeMap<>())
                            .put(row.getString(4), at);
                },
                Positions.tenants(asked),
                Positions.skus(asked),
                Positions.locations(asked),
                rulesAsked.stream().map(RuleKey::tenant).toArray(String[]::new),
                rulesAsked.stream().map(RuleKey::channel).toArray(String[]::new),
                rulesAsked.stream().map(RuleKey::sku).toArray(String[]::new));
    }

    private static ChannelRule rule(ResultSet row) throws SQLException {
        return new ChannelRule(
                row.getLong(11), row.getBigDecimal(6), row.getBigDecimal(7), row.getBigDecimal(8), Set.of((String[])
                        row.getArray(10).getArray()));
    }

    private static ChannelRule rule(Question question, Place place, Map<RuleKey, ChannelRule> rules) {
        String channel = String.valueOf(question.channel());
        ChannelRule ofSku = rules.get(new RuleKey(question.tenant(), channel, place.sku()));
        return ofSku != null
                ? ofSku
                : rules.getOrDefault(new RuleKey(question.tenant(), channel, ALL), ChannelRule.NONE);
    }

    /** @param bySku the positions of its SKU by their locations */
    static Line line(Place place, SortedMap<String, At> bySku, @Nullable ChannelRule rule) {
        String unit = "";
        BigDecimal onHand = BigDecimal.ZERO;
        BigDecimal reserved = BigDecimal.ZERO;
        BigDecimal safety = BigDecimal.ZERO;
        BigDecimal unknown = BigDecimal.ZERO;
        BigDecimal availableToSell = BigDecimal.ZERO;
        BigDecimal sellable = BigDecimal.ZERO;
        List<At> counted = new ArrayList<>();
        boolean everywhere = place.location().isEmpty();
        for (At at : bySku.values()) {
            boolean meant = everywhere
                    ? rule == null || rule.sellsFrom(at.key().location())
                    : at.key().location().equals(place.location());
            if (meant) {
                counted.add(at);
                unit = at.unit();
                onHand = onHand.add(at.onHand());
                reserved = reserved.add(at.reserved());
                safety = safety.add(at.safety());
                unknown = unknown.add(at.unknown());
                BigDecimal available = at.availableToSell();
                availableToSell = availableToSell.add(everywhere ? available.max(BigDecimal.ZERO) : available);
                if (rule == null || rule.sellsFrom(at.key().location())) {
                    sellable = sellable.add(available.max(BigDecimal.ZERO));
                }
            }
        }
        return new Line(
                place,
                !counted.isEmpty(),
                unit,
                onHand,
                reserved,
                safety,
                unknown,
                availableToSell,
                rule == null ? null : rule.shown(sellable));
    }

    /** Where there is any of these SKUs. */
    Map<String, List<String>> locationsOf(String tenant, Collection<String> skus) {
        Map<String, List<String>> found = new HashMap<>();
        database.query(
                "select sku, location from position where tenant = ? and sku = any(?) order by 1, 2",
                row -> found.computeIfAbsent(row.getString(1), sku -> new ArrayList<>())
                        .add(row.getString(2)),
                tenant,
                skus.toArray(String[]::new));
        return found;
    }
}
