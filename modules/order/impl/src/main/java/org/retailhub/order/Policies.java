package org.retailhub.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.canonical.FulfilmentPolicy;
import org.retailhub.order.canonical.WirePolicy;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What channels' orders pass before they go to the ERP. Each version is kept with who set it. What holds is remembered for a second, so
 * that the intake does not ask for each batch; a change reaches every server within that time.
 */
public final class Policies {
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    /** A tenant's channel. */
    public record Channel(String tenant, String channel) {}

    /** A version of a channel's policy, and who set it. */
    public record Version(FulfilmentPolicy policy, Instant setAt, String setBy) {}

    private record Remembered(Map<Channel, FulfilmentPolicy> policies, Instant until) {}

    private final Database database;
    private final OrderClocks clocks;
    private final Clock clock;
    private volatile @Nullable Remembered remembered;

    public Policies(Database database, OrderClocks clocks, Clock clock) {
        this.database = database;
        this.clocks = clocks;
        this.clock = clock;
    }

    /** What holds for a channel now; {@link FulfilmentPolicy#NONE} if nobody said. */
    public FulfilmentPolicy of(String tenant, String channel) {
        return all().getOrDefault(new Channel(tenant, channel), FulfilmentPolicy.NONE);
    }

    private Map<Channel, FulfilmentPolicy> all() {
        Remembered known = remembered;
        Instant now = clock.instant();
        if (known == null || !now.isBefore(known.until())) {
            Map<Channel, FulfilmentPolicy> read = new HashMap<>();
            database.query(
                    "select tenant, channel, version, document from fulfilment_policy",
                    row -> read.put(
                            new Channel(row.getString(1), row.getString(2)),
                            WirePolicy.read(row.getString(4), row.getLong(3), row.getString(2))));
            known = new Remembered(Map.copyOf(read), now.plus(REMEMBERED));
            remembered = known;
        }
        return known.policies();
    }

    /** As it is written down, not as it is remembered. */
    public Optional<Version> current(String tenant, String channel) {
        return versions(tenant, channel, 1).stream().findFirst();
    }

    /** The newest first. */
    public List<Version> versions(String tenant, String channel, int most) {
        return database.query(
                """
                select version, document, set_at, set_by from fulfilment_policy_version where tenant = ? and channel = ?
                order by version desc limit ?""",
                row -> new Version(
                        WirePolicy.read(row.getString(2), row.getLong(1), channel),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getString(4)),
                tenant,
                channel,
                most);
    }

    /** In the caller's transaction. The same again changes nothing. */
    public Version set(String actor, String tenant, String channel, FulfilmentPolicy wanted) {
        // Changes of one channel's policy follow each other.
        database.query(
                "select pg_advisory_xact_lock(hashtextextended('policy of ' || ? || ' ' || ?, 0))",
                row -> 0,
                tenant,
                channel);
        Optional<Version> before = current(tenant, channel);
        String document = WirePolicy.write(wanted);
        if (before.isPresent() && WirePolicy.write(before.get().policy()).equals(document)) {
            return before.get();
        }
        long version = before.map(each -> each.policy().version()).orElse(0L) + 1;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        database.update("""
                insert into fulfilment_policy (tenant, channel, version, document, set_at) values (?, ?, ?, ?, ?)
                on conflict (tenant, channel) do update set version = excluded.version, document = excluded.document,
                  set_at = excluded.set_at""", tenant, channel, version, document, now);
        database.update("""
                insert into fulfilment_policy_version (tenant, channel, version, document, set_at, set_by)
                values (?, ?, ?, ?, ?, ?)""", tenant, channel, version, document, now, actor);
        clocks.reset(tenant, channel, wanted.allowed());
        return current(tenant, channel).orElseThrow();
    }

    /** What was remembered is asked for anew: after a change on this server. */
    public void forget() {
        remembered = null;
    }
}
