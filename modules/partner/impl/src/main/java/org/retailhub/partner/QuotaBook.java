package org.retailhub.partner;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.VerboseBucket;
import io.github.bucket4j.VerboseResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.partner.api.RouteClasses;
import org.retailhub.platform.kernel.Allowance;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sql.Database;

/**
 * How many calls each partner may make, and what is left of them. {@link #set} and {@link #reset} run in the transaction of the door;
 * {@link #draw} in none.
 */
public final class QuotaBook {
    /** For whoever has no quota of its own: 100 calls a second, and after a silence 1,000 at once. */
    public static final Terms DEFAULT = new Terms(1_000, 10, true, 0);

    /**
     * @param requests calls in a window, and at once after a silence; 0 shuts the route for the partner
     * @param isDefault whether nobody set it
     */
    public record Terms(long requests, int windowSeconds, boolean isDefault, long version) {}

    private final Database database;
    private final Ulid ids;
    private final Clock clock;
    private final SharedBuckets buckets;

    public QuotaBook(Database database, Ulid ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.buckets = new SharedBuckets(database, clock);
    }

    /** All routes in order of their names, with what holds for this partner. */
    public Map<String, Terms> of(String partner) {
        Map<String, Terms> set = new TreeMap<>();
        new TreeSet<>(RouteClasses.ALL).forEach(each -> set.put(each, DEFAULT));
        record Row(String routeClass, Terms terms) {}
        List<Row> rows = database.query(
                "select requests, window_seconds, version, route_class from quota where partner_id = ?",
                row -> new Row(row.getString(4), terms(row)),
                partner);
        set.putAll(rows.stream().collect(Collectors.toMap(Row::routeClass, Row::terms)));
        return set;
    }

    /** Idempotent: what holds already changes nothing and leaves no entry. In force within 5 s at each gate. */
    public void set(String actor, String partner, String routeClass, long requests, int windowSeconds) {
        change(actor, partner, routeClass, requests, windowSeconds, requests + " in " + windowSeconds + " s");
    }

    /** The default again. */
    public void reset(String actor, String partner, String routeClass) {
        if (!Objects.requireNonNull(of(partner).get(routeClass), "each class has terms")
                .isDefault()) {
            change(actor, partner, routeClass, null, null, "default");
        }
    }

    private void change(
            String actor,
            String partner,
            String routeClass,
            @Nullable Long requests,
            @Nullable Integer windowSeconds,
            String detail) {
        int changed = database.update(
                "insert into quota (partner_id, route_class, requests, window_seconds, version, set_at)"
                        + " values (?, ?, ?::bigint, ?::int, 1, ?) on conflict (partner_id, route_class) do update"
                        + " set requests = excluded.requests, window_seconds = excluded.window_seconds,"
                        + " version = quota.version + 1, set_at = excluded.set_at"
                        + " where quota.requests is distinct from excluded.requests"
                        + " or quota.window_seconds is distinct from excluded.window_seconds",
                partner,
                routeClass,
                requests,
                windowSeconds,
                clock.instant());
        if (changed == 1) {
            database.update(
                    "insert into audit_entry (entry_id, acted_at, actor, action, partner_id, subject, detail)"
                            + " values (?, ?, ?, 'quota-set', ?, ?, ?)",
                    ids.next(),
                    clock.instant(),
                    actor,
                    partner,
                    routeClass,
                    detail);
        }
    }

    /** @see org.retailhub.platform.kernel.KeyDirectory#draw */
    public Allowance draw(String partner, String routeClass, long calls) {
        Terms terms = database.queryOne(
                        "select requests, window_seconds, version from quota where partner_id = ? and route_class = ?",
                        QuotaBook::terms,
                        partner,
                        routeClass)
                .orElse(DEFAULT);
        Duration window = Duration.ofSeconds(terms.windowSeconds());
        if (terms.requests() == 0) {
            return new Allowance(0, 0, window, 0, window);
        }
        VerboseBucket bucket = buckets.builder()
                .withImplicitConfigurationReplacement(terms.version(), TokensInheritanceStrategy.PROPORTIONALLY)
                .build(partner + ' ' + routeClass, configuration(terms.requests(), window))
                .asVerbose();
        VerboseResult<Long> result =
                calls == 0 ? bucket.getAvailableTokens().map(any -> 0L) : bucket.tryConsumeAsMuchAsPossible(calls);
        long left = Math.max(0, result.getDiagnostics().getAvailableTokens());
        Duration untilNext = left > 0 ? Duration.ZERO : window.dividedBy(terms.requests());
        return new Allowance(result.getValue(), terms.requests(), window, left, untilNext);
    }

    private static BucketConfiguration configuration(long requests, Duration window) {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, window))
                .build();
    }

    private static Terms terms(ResultSet row) throws SQLException {
        long requests = row.getLong(1);
        return row.wasNull()
                ? new Terms(DEFAULT.requests(), DEFAULT.windowSeconds(), true, row.getLong(3))
                : new Terms(requests, row.getInt(2), false, row.getLong(3));
    }
}
