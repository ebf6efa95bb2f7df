package org.retailhub.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sent.SentMessages;
import org.retailhub.platform.runtime.sent.SentMessages.Key;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Sends once more to one subscriber what was told in a time: with the old ids, keys, numbers and bodies, so that its inbox drops what it
 * has handled. Planned first, by looking only; then run, a page per transaction, within a rate, up to a canary or a limit, until it is
 * stopped or done. Only the replay's own row, the audit and the trace are written.
 */
public final class Replays {
    private static final int PAGE = 200;

    /** What an operator wants. @param sku empty for all. @param location empty for all */
    public record Wanted(
            String tenant, String reference, String subscriber, Instant from, Instant to, String sku, String location) {
        private List<String> differences(Wanted other) {
            List<String> fields = new ArrayList<>();
            check(fields, "subscriber", subscriber.equals(other.subscriber));
            check(fields, "from", from.equals(other.from));
            check(fields, "to", to.equals(other.to));
            check(fields, "sku", sku.equals(other.sku));
            check(fields, "location", location.equals(other.location));
            return fields;
        }

        private static void check(List<String> fields, String field, boolean same) {
            if (!same) {
                fields.add(field);
            }
        }
    }

    /** How far it is. */
    public enum State {
        PLANNED,
        RUNNING,
        PAUSED,
        DONE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A replay.
     *
     * @param reason why it is paused; empty else
     * @param most how many at most are sent; null for all
     * @param rate messages a second
     * @param actor who started it last
     */
    public record Replay(
            String id,
            Wanted wanted,
            ReplayPlan plan,
            State state,
            String reason,
            long sent,
            @Nullable Long pauseAt,
            @Nullable Long most,
            int rate,
            Key after,
            String actor,
            Instant requestedAt,
            Instant stateSince) {}

    /** What became of a wish. */
    public sealed interface Planned {
        /** It is planned; {@code replayed} if it was before. */
        record Made(Replay replay, boolean replayed) implements Planned {}

        /** Something else was planned under its reference. */
        record Differs(Replay replay, List<String> fields) implements Planned {}

        default <T> T fold(Function<Made, T> made, Function<Differs, T> differs) {
            return this instanceof Made one ? made.apply(one) : differs.apply((Differs) this);
        }
    }

    private final Database database;
    private final Subscribers subscribers;
    private final ReplayPlans plans;
    private final Rules rules;
    private final Ulid ids;
    private final Stock stock;

    Replays(Database database, Subscribers subscribers, Rules rules, Stock stock, Ulid ids) {
        this.database = database;
        this.subscribers = subscribers;
        this.plans = new ReplayPlans(database, subscribers);
        this.rules = rules;
        this.stock = stock;
        this.ids = ids;
    }

    /** Reads only: outside any transaction, so that a long look holds nothing. */
    public ReplayPlan look(Wanted wanted) {
        return plans.of(wanted);
    }

    /** Keeps what was found; the same wish again gets what was found first. */
    public Planned plan(String actor, Wanted wanted, ReplayPlan plan) {
        Instant now = stock.now();
        int made = database.update(
                """
                insert into replay (replay_id, tenant, reference, subscriber, from_at, to_at, sku, location, plan, state, reason, sent,
                  rate, after_key, after_sequence, actor, requested_by, requested_at, state_since)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', '', 0, 1, '', 0, ?, ?, ?, ?) on conflict do nothing""",
                ids.next(),
                wanted.tenant(),
                wanted.reference(),
                wanted.subscriber(),
                wanted.from(),
                wanted.to(),
                wanted.sku(),
                wanted.location(),
                json(plan),
                actor,
                actor,
                now,
                now);
        Replay replay = database.queryOne(
                        "select * from replay where tenant = ? and reference = ?",
                        Replays::read,
                        wanted.tenant(),
                        wanted.reference())
                .orElseThrow();
        List<String> fields = replay.wanted().differences(wanted);
        if (!fields.isEmpty()) {
            return new Planned.Differs(replay, fields);
        }
        if (made == 1) {
            audit(actor, "replay-planned", replay, plan.messages() + " messages to " + wanted.subscriber());
        }
        return new Planned.Made(replay, made == 0);
    }

    private static String json(ReplayPlan plan) {
        try {
            return StrictJson.mapper().writeValueAsString(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan of ours cannot be written", e);
        }
    }

    /**
     * Starts it, or lets it go on. One that runs or is done stays as it is.
     *
     * @param canary pauses after so many; null for none
     * @param most never more than so many, counted from its first start; null for all
     * @param rate messages a second
     */
    public Optional<Replay> run(
            String actor, String tenant, String id, @Nullable Long canary, @Nullable Long most, int rate) {
        Optional<Replay> found = lock(tenant, id);
        if (found.isEmpty()
                || found.get().state() == State.RUNNING
                || found.get().state() == State.DONE) {
            return found;
        }
        Replay replay = found.get();
        Instant now = stock.now();
        database.update("""
                update replay set state = 'running', reason = '', pause_at = ?::bigint, most = ?::bigint, rate = ?, actor = ?, due_at = ?,
                  state_since = ? where replay_id = ?""", canary == null ? null : replay.sent() + canary, most, rate, actor, now, now, id);
        audit(
                actor,
                "replay-started",
                replay,
                "after " + replay.sent() + ", canary " + (canary == null ? "none" : canary) + ", limit "
                        + (most == null ? "none" : most) + ", " + rate + " a second");
        return find(tenant, id);
    }

    /** Sends nothing more; what is on its way arrives. One that does not run stays as it is. */
    public Optional<Replay> stop(String actor, String tenant, String id) {
        Optional<Replay> found = lock(tenant, id);
        if (found.isEmpty() || found.get().state() != State.RUNNING) {
            return found;
        }
        pause(found.get(), "stopped by " + actor);
        audit(actor, "replay-stopped", found.get(), "after " + found.get().sent());
        return find(tenant, id);
    }

    public Optional<Replay> find(String tenant, String id) {
        return database.queryOne("select * from replay where tenant = ? and replay_id = ?", Replays::read, tenant, id);
    }

    /** Newest first. @param before the last one of the page before; null for the newest */
    public List<Replay> of(String tenant, @Nullable String before, int most) {
        return database.query(
                "select * from replay where tenant = ? and replay_id < ? order by replay_id desc limit ?",
                Replays::read,
                tenant,
                before == null ? "~" : before,
                most);
    }

    private Optional<Replay> lock(String tenant, String id) {
        return database.queryOne(
                "select * from replay where tenant = ? and replay_id = ? for update", Replays::read, tenant, id);
    }

    /** The next page of the replay that is due; joins the caller's transaction. @return how long the next may wait; empty if none runs */
    Optional<Duration> step() {
        Instant now = stock.now();
        Optional<Replay> due = database.queryOne(
                "select * from replay where state = 'running' and due_at <= ? order by due_at limit 1 for update",
                Replays::read,
                now);
        if (due.isEmpty()) {
            return Optional.empty();
        }
        Replay replay = due.get();
        String subscriber = replay.wanted().subscriber();
        if (!subscribers.names().contains(subscriber)) {
            pause(replay, "there is no queue " + subscriber);
            return Optional.of(Duration.ZERO);
        }
        long room = Math.min(PAGE, replay.rate());
        if (replay.pauseAt() != null) {
            room = Math.min(room, replay.pauseAt() - replay.sent());
        }
        if (replay.most() != null) {
            room = Math.min(room, replay.most() - replay.sent());
        }
        List<Key> page = room <= 0 ? List.of() : plans.page(replay.wanted(), replay.after(), (int) room);
        List<SentMessages.Result> results = page.isEmpty()
                ? List.of()
                : subscribers.sender(subscriber).again(page, replay.actor() + " for replay " + replay.id());
        Duration pause = Duration.ofMillis(1_000L * page.size() / replay.rate());
        advance(replay, page, results, now.plus(pause), room);
        return Optional.of(pause);
    }

    private void advance(Replay replay, List<Key> page, List<SentMessages.Result> results, Instant dueAt, long room) {
        long sent = replay.sent()
                + results.stream().filter(SentMessages.Result::sent).count();
        Key last = page.isEmpty() ? replay.after() : page.get(page.size() - 1);
        database.update(
                "update replay set sent = ?, after_key = ?, after_sequence = ?, due_at = ? where replay_id = ?",
                sent,
                last.businessKey(),
                last.sequence(),
                dueAt,
                replay.id());
        Optional<String> problem = results.stream()
                .map(SentMessages.Result::problem)
                .filter(Objects::nonNull)
                .map(failed -> failed.code().code() + " " + failed.detail())
                .findFirst();
        if (problem.isPresent()) {
            pause(replay, problem.get());
        } else if (room > 0 && page.size() < room) {
            end(replay, sent);
        } else if (replay.most() != null && sent >= replay.most()) {
            pause(replay, "limit");
        } else if (replay.pauseAt() != null && sent >= replay.pauseAt()) {
            pause(replay, "canary");
        }
    }

    private void pause(Replay replay, String reason) {
        database.update(
                "update replay set state = 'paused', reason = ?, state_since = ? where replay_id = ?",
                reason,
                stock.now(),
                replay.id());
    }

    private void end(Replay replay, long sent) {
        database.update(
                "update replay set state = 'done', reason = '', state_since = ? where replay_id = ?",
                stock.now(),
                replay.id());
        audit(replay.actor(), "replay-done", replay, sent + " messages");
    }

    private void audit(String actor, String action, Replay replay, String detail) {
        rules.audit(actor, action, replay.wanted().tenant(), replay.wanted().reference(), detail);
    }

    private static Replay read(ResultSet row) throws SQLException {
        return new Replay(
                row.getString("replay_id"),
                new Wanted(
                        row.getString("tenant"),
                        row.getString("reference"),
                        row.getString("subscriber"),
                        instant(row, "from_at"),
                        instant(row, "to_at"),
                        row.getString("sku"),
                        row.getString("location")),
                StrictJson.read(row.getString("plan").getBytes(StandardCharsets.UTF_8), ReplayPlan.class),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getLong("sent"),
                row.getObject("pause_at", Long.class),
                row.getObject("most", Long.class),
                row.getInt("rate"),
                new Key(InventoryQueues.EVENTS, row.getString("after_key"), row.getLong("after_sequence")),
                row.getString("actor"),
                instant(row, "requested_at"),
                instant(row, "state_since"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
