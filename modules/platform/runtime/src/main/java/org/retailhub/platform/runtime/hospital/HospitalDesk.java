package org.retailhub.platform.runtime.hospital;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;

/**
 * The administrators' side of the hospital. Every method joins the caller's transaction and leaves a row that says who did it. No
 * message is handled here: a released case is marked due, and the drain takes it in its key's order.
 */
public final class HospitalDesk {
    private final Database database;
    private final Clock clock;

    public HospitalDesk(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A message number that has not come. */
    @Schema(name = "MissingMessage")
    public record Missing(String queue, String businessKey, long sequence, Instant since) {}

    /** Any argument may be null for "all". Newest first. */
    public List<CaseView> search(
            @Nullable String tenant,
            @Nullable CaseState state,
            @Nullable String businessKey,
            @Nullable String fingerprint,
            int limit) {
        return database.query(
                """
                select * from hospital_case
                where (?::text is null or tenant = ?) and (?::text is null or state = ?)
                  and (?::text is null or business_key = ?) and (?::text is null or fingerprint = ?)
                order by parked_at desc limit ?""",
                row -> view(row, false),
                tenant,
                tenant,
                state == null ? null : state.stored(),
                state == null ? null : state.stored(),
                businessKey,
                businessKey,
                fingerprint,
                fingerprint,
                limit);
    }

    public Optional<CaseView> find(String caseId) {
        return database.queryOne("select * from hospital_case where case_id = ?", row -> view(row, true), caseId);
    }

    /** The drain will try it again, then those behind it. */
    public void release(String caseId, String actor, @Nullable String reason) {
        CaseView found = lock(caseId);
        requireState(found, "parked", "due");
        note(caseId, actor, "release", reason, null);
        database.update(
                "update hospital_case set state = 'due', due_at = ?, state_since = ?, deadline = null where case_id = ?",
                clock.instant(),
                clock.instant(),
                caseId);
    }

    /** All parked cases of one cause, oldest first. @return how many */
    public int releaseGroup(String fingerprint, int most, String actor, @Nullable String reason) {
        List<String> cases = database.query(
                "select case_id from hospital_case where fingerprint = ? and state = 'parked' order by parked_at limit ?",
                row -> row.getString(1),
                fingerprint,
                most);
        cases.forEach(caseId -> release(caseId, actor, reason));
        return cases.size();
    }

    /** Replaces the body of a parked message; its number, id and place in the order stay. */
    public void edit(String caseId, String body, String actor, @Nullable String reason) {
        CaseView found = lock(caseId);
        requireState(found, "parked");
        try {
            StrictJson.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new RetailException(RuntimeError.MALFORMED_JSON, e.getOriginalMessage(), e);
        }
        note(caseId, actor, "edit", reason, found.body());
        database.update("update hospital_case set body = ? where case_id = ?", body, caseId);
    }

    /** Gives the message up: its number counts as handled, the next one of the key may go. */
    public void discard(String caseId, String actor, @Nullable String reason) {
        CaseView found = lock(caseId);
        requireState(found, "parked", "due", "waiting", "gap");
        long last = database.queryOne(
                        "select last_sequence from inbox where queue = ? and business_key = ?",
                        row -> row.getLong(1),
                        found.queue(),
                        found.businessKey())
                .orElse(0L);
        boolean malformed = found.businessKey().startsWith("malformed:");
        if (!malformed && found.sequence() != last + 1) {
            throw new RetailException(
                    RuntimeError.CASE_HAS_PREDECESSOR,
                    "number " + (last + 1) + " of " + found.businessKey() + " comes first");
        }
        note(caseId, actor, "discard", reason, null);
        database.update(
                "update hospital_case set state = 'discarded', state_since = ? where case_id = ?",
                clock.instant(),
                caseId);
        database.update("""
                update inbox set last_sequence = ?, open_cases = open_cases - 1, updated_at = ?
                where queue = ? and business_key = ?""", found.sequence(), clock.instant(), found.queue(), found.businessKey());
        database.update(
                """
                update hospital_case set state = 'due', due_at = ?, state_since = ?
                where queue = ? and business_key = ? and sequence = ? and state in ('waiting', 'gap')""", clock.instant(), clock.instant(), found.queue(), found.businessKey(), found.sequence() + 1);
    }

    /**
     * Numbers that a later message of their key has waited for longer than this, and numbers that their sender has counted and that
     * have not come: those at once. A thousand at most, the longest missing first.
     */
    public List<Missing> missing(Duration longerThan) {
        return database.query(
                """
                select queue, business_key, sequence, min(since) from (
                  select g.queue, g.business_key, i.last_sequence + 1 as sequence, g.state_since as since
                  from hospital_case g cross join lateral (select last_sequence from inbox b
                    where b.queue = g.queue and b.business_key = g.business_key offset 0) i
                  where g.state = 'gap' and g.state_since < ?
                  union all
                  select o.queue, o.business_key, n, o.noticed_at
                  from overdue_message o left join lateral (select last_sequence from inbox b
                      where b.queue = o.queue and b.business_key = o.business_key offset 0) i on true,
                    generate_series(coalesce(i.last_sequence, 0) + 1, o.sequence) n) m
                where not exists (select 1 from hospital_case p where p.queue = m.queue and p.business_key = m.business_key
                  and p.sequence = m.sequence and p.state not in ('done', 'discarded'))
                group by queue, business_key, sequence order by 4, 1, 2, 3 limit 1000""",
                row -> new Missing(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()),
                clock.instant().minus(longerThan));
    }

    /** Inbox row first, as the drain does, then the case. */
    private CaseView lock(String caseId) {
        CaseView found =
                find(caseId).orElseThrow(() -> new RetailException(RuntimeError.NO_SUCH_CASE, "no case " + caseId));
        database.query(
                "select 1 from inbox where queue = ? and business_key = ? for update",
                row -> 1,
                found.queue(),
                found.businessKey());
        return database.queryOne(
                        "select * from hospital_case where case_id = ? for update", row -> view(row, true), caseId)
                .orElseThrow(() -> new RetailException(RuntimeError.NO_SUCH_CASE, "no case " + caseId));
    }

    private static void requireState(CaseView found, String... allowed) {
        if (!List.of(allowed).contains(found.state())) {
            throw new RetailException(RuntimeError.CASE_NOT_OPEN, "the case is " + found.state());
        }
    }

    private void note(
            String caseId, String actor, String action, @Nullable String reason, @Nullable String bodyBefore) {
        if (reason == null || reason.isBlank()) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "a reason is required",
                    List.of(new RetailException.Violation("reason", "say why")),
                    null);
        }
        database.update(
                "insert into hospital_action (case_id, acted_at, actor, action, reason, body_before) values (?, ?, ?, ?, ?, ?)",
                caseId,
                clock.instant(),
                actor,
                action,
                reason,
                bodyBefore);
    }

    private static CaseView view(ResultSet row, boolean withBody) throws SQLException {
        return new CaseView(
                row.getString("case_id"),
                row.getString("queue"),
                row.getString("tenant"),
                row.getString("business_key"),
                row.getLong("sequence"),
                row.getString("message_id"),
                row.getString("type"),
                row.getString("channel"),
                row.getString("state"),
                row.getString("kind"),
                row.getString("code"),
                row.getString("detail"),
                row.getString("fingerprint"),
                row.getInt("attempts"),
                row.getObject("parked_at", OffsetDateTime.class).toInstant(),
                row.getObject("state_since", OffsetDateTime.class).toInstant(),
                instant(row, "due_at"),
                withBody ? row.getString("body") : null);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
