package org.retailhub.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.sourcing.RulesInForce;
import org.retailhub.order.sourcing.SourcingRule;
import org.retailhub.order.sourcing.SourcingRule.Limits;
import org.retailhub.order.sourcing.SourcingRule.Scope;
import org.retailhub.order.sourcing.SourcingRule.Step;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;

/**
 * The rules of sourcing, each version with its maker. Versions are only added: the highest one that has begun counts. Writing joins the
 * caller's transaction.
 */
public final class SourcingRules implements RulesInForce {
    private static final String SELECT = """
            select rule_id, version, scope_kind, scope_value, content, retired, effective_from, effective_until, made_at, made_by, reason
            from sourcing_rule_version\s""";

    /**
     * A version of a rule.
     *
     * @param until exclusive; null for no end
     * @param reason why it was made, in the maker's words
     */
    public record Version(
            SourcingRule rule,
            boolean retired,
            Instant from,
            @Nullable Instant until,
            Instant madeAt,
            String madeBy,
            String reason) {
        /** Whether it counts at this time, if no higher version has begun. */
        boolean holdsAt(Instant time) {
            return !retired && !from.isAfter(time) && (until == null || until.isAfter(time));
        }

        private boolean meets(Instant otherFrom, @Nullable Instant otherUntil) {
            return !retired
                    && (until == null || until.isAfter(otherFrom))
                    && (otherUntil == null || otherUntil.isAfter(from));
        }
    }

    /** What is kept of a rule beside its columns. */
    private record Content(List<Step> steps, Limits limits) {}

    private final Database database;
    private final Clock clock;

    SourcingRules(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public List<SourcingRule> at(String tenant, Instant time) {
        return begun(tenant, time).stream()
                .filter(version -> version.holdsAt(time))
                .map(Version::rule)
                .toList();
    }

    /** The highest version of each rule that has begun. */
    private List<Version> begun(String tenant, Instant time) {
        return database.query(
                SELECT.replace("select ", "select distinct on (rule_id) ")
                        + "where tenant = ? and effective_from <= ? order by rule_id, version desc",
                SourcingRules::version,
                tenant,
                time);
    }

    /** The highest version of each rule, by id. */
    public List<Version> latest(String tenant, String after, int limit) {
        return database.query(
                SELECT.replace("select ", "select distinct on (rule_id) ")
                        + "where tenant = ? and rule_id > ? order by rule_id, version desc limit ?",
                SourcingRules::version,
                tenant,
                after,
                limit);
    }

    /** Newest first. */
    public List<Version> versions(String tenant, String ruleId, int limit) {
        return database.query(
                SELECT + "where tenant = ? and rule_id = ? order by version desc limit ?",
                SourcingRules::version,
                tenant,
                ruleId,
                limit);
    }

    /**
     * A new version of a rule, or a new rule.
     *
     * @param seen the version it follows; empty for a new rule
     * @param wanted its version does not matter
     * @param from null for now
     * @throws RetailException if it follows another version, begins in the past, or another rule has its scope then
     */
    public Version put(
            String actor,
            String tenant,
            SourcingRule wanted,
            OptionalInt seen,
            @Nullable Instant from,
            @Nullable Instant until,
            String reason) {
        lock(tenant);
        int last = follow(tenant, wanted.id(), seen);
        Instant now = now();
        Instant begin = from == null ? now : from.truncatedTo(ChronoUnit.MICROS);
        if (begin.isBefore(now)) {
            throw invalid("effectiveFrom", "must not be in the past: what was decided stays as it was");
        }
        if (until != null && !until.isAfter(begin)) {
            throw invalid("effectiveUntil", "must be after effectiveFrom");
        }
        rival(tenant, wanted, begin, until, now).ifPresent(other -> {
            throw new RetailException(
                    OrderError.SOURCING_SCOPE_TAKEN,
                    "the rule " + other.rule().id() + " is for it in that time",
                    List.of(new Violation(
                            "scope", "is that of the rule " + other.rule().id())),
                    null);
        });
        SourcingRule rule = new SourcingRule(wanted.id(), last + 1, wanted.scope(), wanted.steps(), wanted.limits());
        return add(tenant, new Version(rule, false, begin, until, now, actor, reason));
    }

    /** It holds no longer, from now on; one that is retired stays so. */
    public Version retire(String actor, String tenant, String ruleId, int seen, String reason) {
        lock(tenant);
        Version last = versions(tenant, ruleId, 1).stream().findFirst().orElseThrow(() -> notFound(ruleId));
        if (last.retired()) {
            return last;
        }
        follow(tenant, ruleId, OptionalInt.of(seen));
        Instant now = now();
        SourcingRule rule = last.rule();
        return add(
                tenant,
                new Version(
                        new SourcingRule(ruleId, rule.version() + 1, rule.scope(), rule.steps(), rule.limits()),
                        true,
                        now,
                        null,
                        now,
                        actor,
                        reason));
    }

    public static RetailException notFound(String ruleId) {
        return new RetailException(OrderError.SOURCING_RULE_NOT_FOUND, "no rule " + ruleId);
    }

    private static RetailException invalid(String field, String message) {
        return new RetailException(
                OrderError.INVALID_SOURCING_RULE, field + ": " + message, List.of(new Violation(field, message)), null);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Changes of a tenant's rules follow each other. */
    private void lock(String tenant) {
        database.query(
                "select pg_advisory_xact_lock(hashtextextended('sourcing rules of ' || ?, 0))", row -> 0, tenant);
    }

    /** @return the last version, 0 for none */
    private int follow(String tenant, String ruleId, OptionalInt seen) {
        int last = database.queryOne(
                        "select coalesce(max(version), 0) from sourcing_rule_version where tenant = ? and rule_id = ?",
                        row -> row.getInt(1),
                        tenant,
                        ruleId)
                .orElseThrow();
        if (last > 0 && seen.isEmpty()) {
            throw new RetailException(OrderError.RULE_VERSION_REQUIRED, "the rule has version " + last);
        }
        if (seen.isPresent() && seen.getAsInt() != last) {
            throw new RetailException(
                    OrderError.RULE_VERSION_DIFFERS,
                    last == 0 ? "there is no such rule yet" : "the rule has version " + last);
        }
        return last;
    }

    /** Another rule for the same that holds meanwhile: its last version, or the one in force. */
    private Optional<Version> rival(
            String tenant, SourcingRule wanted, Instant from, @Nullable Instant until, Instant now) {
        return java.util.stream.Stream.concat(
                        latest(tenant, "", Integer.MAX_VALUE).stream(), begun(tenant, now).stream())
                .filter(other -> !other.rule().id().equals(wanted.id())
                        && other.rule().scope().equals(wanted.scope())
                        && other.meets(from, until))
                .findFirst();
    }

    private Version add(String tenant, Version version) {
        SourcingRule rule = version.rule();
        database.update(
                """
                insert into sourcing_rule_version (tenant, rule_id, version, scope_kind, scope_value, content, retired, effective_from,
                  effective_until, made_at, made_by, reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, ?, ?)""",
                tenant,
                rule.id(),
                rule.version(),
                rule.scope().kind().wire(),
                rule.scope().value(),
                content(rule),
                version.retired(),
                version.from(),
                version.until(),
                version.madeAt(),
                version.madeBy(),
                version.reason());
        return version;
    }

    static String content(SourcingRule rule) {
        try {
            return StrictJson.mapper().writeValueAsString(new Content(rule.steps(), rule.limits()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SourcingRule rule(String id, int version, String scopeKind, String scopeValue, String content) {
        Content read = StrictJson.readMessage(content, Content.class);
        return new SourcingRule(
                id, version, new Scope(Scope.Kind.of(scopeKind), scopeValue), read.steps(), read.limits());
    }

    private static Version version(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject(8, OffsetDateTime.class);
        return new Version(
                rule(row.getString(1), row.getInt(2), row.getString(3), row.getString(4), row.getString(5)),
                row.getBoolean(6),
                Objects.requireNonNull(row.getObject(7, OffsetDateTime.class)).toInstant(),
                until == null ? null : until.toInstant(),
                Objects.requireNonNull(row.getObject(9, OffsetDateTime.class)).toInstant(),
                row.getString(10),
                row.getString(11));
    }
}
