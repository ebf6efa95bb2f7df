package org.retailhub.inventory;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.canonical.ExpectationDocument;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What is to come, by purchase orders and advices. What of it has come is not kept here: it is the sum of the receipts in the ledger that
 * name the document, so that both cannot contradict each other.
 */
public final class ExpectedReceipts {
    /** What is later than that is not counted on any more. */
    private static final Duration GIVEN_UP = Duration.ofDays(90);

    private static final String COLUMNS =
            "x.tenant, x.source, x.document, x.line, x.version, x.kind, x.sku, x.location, x.quantity, x.expected_at, x.order_document, x.order_line";

    private final Database database;
    private final Clock clock;

    ExpectedReceipts(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What became of a line that somebody told. */
    public sealed interface Taken {
        /** It holds. */
        record Written(boolean isNew) implements Taken {}

        /** It held before. */
        record Unchanged() implements Taken {}

        /** A newer version holds. */
        record Superseded(long version) implements Taken {}

        /** Another content has this version. */
        record Differs(List<String> fields) implements Taken {}

        default <T> T fold(
                Function<Written, T> written,
                Function<Unchanged, T> unchanged,
                Function<Superseded, T> superseded,
                Function<Differs, T> differs) {
            if (this instanceof Written one) {
                return written.apply(one);
            }
            if (this instanceof Unchanged one) {
                return unchanged.apply(one);
            }
            return this instanceof Superseded one ? superseded.apply(one) : differs.apply((Differs) this);
        }
    }

    /** What is still to come of a line. @param quantity above 0 */
    public record Open(
            PositionKey position,
            String source,
            String document,
            String kind,
            BigDecimal quantity,
            Instant expectedAt) {}

    private record LineKey(String source, String document, String line) implements Comparable<LineKey> {
        static LineKey of(ExpectationDocument told) {
            return new LineKey(told.source(), told.document(), told.line());
        }

        @Override
        public int compareTo(LineKey other) {
            return Comparator.comparing(LineKey::source)
                    .thenComparing(LineKey::document)
                    .thenComparing(LineKey::line)
                    .compare(this, other);
        }
    }

    /** In the order of what was told; several versions of one line one after the other. Joins the caller's transaction. */
    public List<Taken> take(String tenant, List<ExpectationDocument> told, String traceparent) {
        database.query("select set_config('lock_timeout', '5000', true)", row -> 0);
        @Nullable Taken[] taken = new Taken[told.size()];
        Map<Integer, ExpectationDocument> left = new LinkedHashMap<>();
        for (int i = 0; i < told.size(); i++) {
            left.put(i, told.get(i));
        }
        while (!left.isEmpty()) {
            Map<LineKey, Integer> round = new java.util.TreeMap<>();
            left.forEach((place, each) -> round.putIfAbsent(LineKey.of(each), place));
            List<ExpectationDocument> lines =
                    round.values().stream().map(told::get).toList();
            Map<LineKey, Boolean> written = upsert(tenant, lines, traceparent);
            Map<LineKey, ExpectationDocument> now = known(tenant, lines);
            round.forEach((key, place) -> {
                Boolean isNew = written.get(key);
                ExpectationDocument holds = Objects.requireNonNull(now.get(key), "what was written is there");
                taken[place] = isNew == null ? compared(told.get(place), holds) : new Taken.Written(isNew);
                left.remove(place);
            });
        }
        List<Taken> answers = new ArrayList<>();
        for (Taken each : taken) {
            answers.add(Objects.requireNonNull(each, "each was in a round"));
        }
        return answers;
    }

    private static Taken compared(ExpectationDocument told, ExpectationDocument holds) {
        if (told.version() < holds.version()) {
            return new Taken.Superseded(holds.version());
        }
        List<String> fields = told.differences(holds);
        return fields.isEmpty() ? new Taken.Unchanged() : new Taken.Differs(fields);
    }

    /** One statement; rows in one order for everybody. @return those that are written, and whether they are new */
    private Map<LineKey, Boolean> upsert(String tenant, List<ExpectationDocument> lines, String traceparent) {
        Map<LineKey, Boolean> written = new HashMap<>();
        database.query(
                """
                insert into expected_receipt as x (tenant, source, document, line, version, kind, sku, location, quantity, expected_at,
                  order_document, order_line, recorded_at, traceparent)
                select ?::text, d.*, ?::timestamptz, ?::text from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  as d(source, document, line, version, kind, sku, location, quantity, expected_at, order_document, order_line)
                order by 2, 3, 4
                on conflict (tenant, source, document, line) do update set version = excluded.version, kind = excluded.kind,
                  sku = excluded.sku, location = excluded.location, quantity = excluded.quantity, expected_at = excluded.expected_at,
                  order_document = excluded.order_document, order_line = excluded.order_line, recorded_at = excluded.recorded_at,
                  traceparent = excluded.traceparent
                where excluded.version > x.version
                returning source, document, line, xmax = 0""",
                row -> written.put(
                        new LineKey(row.getString(1), row.getString(2), row.getString(3)), row.getBoolean(4)),
                tenant,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                traceparent,
                texts(lines, ExpectationDocument::source),
                texts(lines, ExpectationDocument::document),
                texts(lines, ExpectationDocument::line),
                lines.stream().map(ExpectationDocument::version).toArray(Long[]::new),
                texts(lines, each -> each.kind().wire()),
                texts(lines, ExpectationDocument::sku),
                texts(lines, ExpectationDocument::location),
                lines.stream().map(ExpectationDocument::quantity).toArray(BigDecimal[]::new),
                lines.stream().map(ExpectationDocument::expectedAt).toArray(Instant[]::new),
                texts(lines, ExpectationDocument::orderDocument),
                texts(lines, ExpectationDocument::orderLine));
        return written;
    }

    private Map<LineKey, ExpectationDocument> known(String tenant, List<ExpectationDocument> lines) {
        Map<LineKey, ExpectationDocument> known = new HashMap<>();
        database.query(
                "select " + COLUMNS + """

                from unnest(?, ?, ?) as k(source, document, line) join expected_receipt x
                  on x.tenant = ? and x.source = k.source and x.document = k.document and x.line = k.line""",
                row -> {
                    ExpectationDocument found = read(row);
                    return known.put(LineKey.of(found), found);
                },
                texts(lines, ExpectationDocument::source),
                texts(lines, ExpectationDocument::document),
                texts(lines, ExpectationDocument::line),
                tenant);
        return known;
    }

    private static String[] texts(
            List<ExpectationDocument> lines, Function<ExpectationDocument, @Nullable String> value) {
        return lines.stream().map(value).toArray(String[]::new);
    }

    private static ExpectationDocument read(ResultSet row) throws SQLException {
        return new ExpectationDocument(
                row.getString("source"),
                ExpectationDocument.Kind.of(row.getString("kind")),
                row.getString("document"),
                row.getString("line"),
                row.getLong("version"),
                row.getString("sku"),
                row.getString("location"),
                row.getBigDecimal("quantity"),
                row.getObject("expected_at", OffsetDateTime.class).toInstant(),
                row.getString("order_document"),
                row.getString("order_line"));
    }

    /** A line as it was told, less what advices say is on its way of it. */
    private record Line(PositionKey position, ExpectationDocument told, BigDecimal quantity) {}

    private record Goods(String document, PositionKey position) {}

    /**
     * What is still to come at these places, the next first; a place whose location is empty stands for all. An order's line counts as far as
     * no advice says what is on its way of it; receipts that name a document count against its lines, the next first.
     */
    public Map<PositionKey, List<Open>> open(Collection<PositionKey> places) {
        List<Line> lines = places.isEmpty() ? List.of() : lines(places);
        Map<Goods, BigDecimal> received = received(lines);
        Map<PositionKey, List<Open>> open = new HashMap<>();
        for (Line line : lines) {
            Goods goods = new Goods(line.told().document(), line.position());
            BigDecimal came = received.getOrDefault(goods, BigDecimal.ZERO);
            BigDecimal counted = came.min(line.quantity());
            received.put(goods, came.subtract(counted));
            BigDecimal left = line.quantity().subtract(counted);
            if (left.signum() > 0) {
                open.computeIfAbsent(line.position(), at -> new ArrayList<>())
                        .add(new Open(
                                line.position(),
                                line.told().source(),
                                line.told().document(),
                                line.told().kind().wire(),
                                left,
                                line.told().expectedAt()));
            }
        }
        return open;
    }

    private List<Line> lines(Collection<PositionKey> places) {
        return database.query(
                "select distinct " + COLUMNS + """
                , greatest(x.quantity - coalesce((select sum(a.quantity) from expected_receipt a where a.tenant = x.tenant
                    and x.kind = 'purchase-order' and a.order_document = x.document and a.order_line = x.line and a.sku = x.sku), 0), 0)
                from unnest(?, ?, ?) as k(tenant, sku, location) join expected_receipt x
                  on x.tenant = k.tenant and x.sku = k.sku and (k.location = '' or x.location = k.location)
                where x.expected_at > ?
                order by x.expected_at, x.document, x.line, x.source""",
                row -> new Line(
                        new PositionKey(row.getString("tenant"), row.getString("sku"), row.getString("location")),
                        read(row),
                        row.getBigDecimal(13)),
                Positions.tenants(places),
                Positions.skus(places),
                Positions.locations(places),
                clock.instant().minus(GIVEN_UP));
    }

    private Map<Goods, BigDecimal> received(List<Line> lines) {
        Map<Goods, BigDecimal> received = new HashMap<>();
        if (!lines.isEmpty()) {
            List<PositionKey> positions = lines.stream().map(Line::position).toList();
            database.query(
                    """
                    select m.tenant, m.reference, m.sku, m.location, sum(m.on_hand_change)
                    from (select distinct * from unnest(?, ?, ?, ?) as k(tenant, reference, sku, location)) k
                      join movement m using (tenant, reference, sku, location)
                    where m.kind = 'receipt' and m.reference is not null group by 1, 2, 3, 4""",
                    row -> received.put(
                            new Goods(
                                    row.getString(2),
                                    new PositionKey(row.getString(1), row.getString(3), row.getString(4))),
                            row.getBigDecimal(5)),
                    Positions.tenants(positions),
                    lines.stream().map(line -> line.told().document()).toArray(String[]::new),
                    Positions.skus(positions),
                    Positions.locations(positions));
        }
        return received;
    }
}
