package org.retailhub.platform.runtime.hospital;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sql.Database;

/**
 * The drain's side of the hospital: messages are parked in the transaction that takes them off the queue, and come back to the
 * drain from here, in sequence, never through the broker.
 *
 * <p>All methods join the caller's transaction. The inbox row of a key is locked before its cases are.
 */
public final class Hospital {
    private static final String MESSAGE_COLUMNS =
            "message_id, type, tenant, business_key, sequence, traceparent, caused_by, channel, body";

    private final Database database;
    private final Ulid ids;
    private final Clock clock;

    public Hospital(Database database, Ulid ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** Keys with a case whose time has come, oldest first. */
    public List<String> dueKeys(String queue, int limit) {
        return database.query("""
                select business_key from hospital_case where queue = ? and state = 'due' and due_at <= ?
                group by business_key order by min(due_at) limit ?""", row -> row.getString(1), queue, clock.instant(), limit);
    }

    /** All open cases of the keys, by sequence. */
    public Map<String, SortedMap<Long, OpenCase>> openCases(String queue, Collection<String> keys) {
        Map<String, SortedMap<Long, OpenCase>> cases = new HashMap<>();
        if (keys.isEmpty()) {
            return cases;
        }
        database.query(
                "select case_id, state, due_at, attempts, parked_at, deadline, " + MESSAGE_COLUMNS + """
                         from hospital_case
                        where queue = ? and business_key = any(?) and state not in ('done', 'discarded')
                        order by business_key, sequence for update""",
                row -> {
                    OpenCase found = openCase(row);
                    return cases.computeIfAbsent(found.message().businessKey(), k -> new TreeMap<>())
                            .put(found.message().sequence(), found);
                },
                queue,
                keys.toArray(String[]::new));
        return cases;
    }

    private static OpenCase openCase(ResultSet row) throws SQLException {
        OffsetDateTime due = row.getObject("due_at", OffsetDateTime.class);
        OffsetDateTime deadline = row.getObject("deadline", OffsetDateTime.class);
        return new OpenCase(
                row.getString("case_id"),
                CaseState.of(row.getString("state")),
                due == null ? null : due.toInstant(),
                deadline == null ? null : deadline.toInstant(),
                row.getInt("attempts"),
                row.getObject("parked_at", OffsetDateTime.class).toInstant(),
                message(row));
    }

    static Envelope message(ResultSet row) throws SQLException {
        return new Envelope(
                row.getString("message_id"),
                row.getString("type"),
                row.getString("tenant"),
                row.getString("business_key"),
                row.getLong("sequence"),
                row.getString("traceparent"),
                row.getString("caused_by"),
                row.getString("channel"),
                row.getString("body"));
    }

    /** New cases are inserted, known ones get their new state; a bounded number of statements. */
    public void admit(String queue, List<Admission> admissions) {
        List<Admission> fresh =
                admissions.stream().filter(a -> a.caseId() == null).toList();
        if (!fresh.isEmpty()) {
            insert(queue, fresh);
        }
        for (Admission again : admissions) {
            ErrorCode code = again.code();
            if (again.caseId() != null) {
                database.update(
                        """
                        update hospital_case set state = ?, kind = ?, code = ?, detail = ?, fingerprint = ?, due_at = ?,
                          deadline = coalesce(deadline, ?), attempts = attempts + 1, state_since = ? where case_id = ?""",
                        again.state().stored(),
                        code == null ? null : code.kind().name(),
                        code == null ? null : code.code(),
                        again.detail(),
                        again.fingerprint(),
                        again.dueAt(),
                        again.deadline(),
                        clock.instant(),
                        again.caseId());
            }
        }
    }

    /**
     * A case that no message brought: what followed from one, outside the drain, failed and waits for a person. It waits in the queue's hospital under
     * a key that nobody sends to, parked, and once released the queue's drain handles it like any other.
     *
     * @param message its number is the next of its key
     */
    public void open(String queue, Envelope message, ErrorCode code, String detail) {
        database.update("""
                insert into inbox as i (queue, business_key, last_sequence, open_cases, updated_at) values (?, ?, 0, 1, ?)
                on conflict (queue, business_key) do update set open_cases = i.open_cases + 1, updated_at = excluded.updated_at""", queue, message.businessKey(), clock.instant());
        admit(queue, List.of(new Admission(null, message, CaseState.PARKED, code, detail, null, null)));
    }

    private void insert(String queue, List<Admission> fresh) {
        int n = fresh.size();
        String[][] columns = new String[15][n];
        Long[] sequences = new Long[n];
        java.time.Instant[][] times = new java.time.Instant[2][n];
        for (int i = 0; i < n; i++) {
            Admission admission = fresh.get(i);
            Envelope message = admission.message();
            ErrorCode code = admission.code();
            @Nullable
            String[] values = {
                ids.next(),
                message.messageId(),
                message.type(),
                message.tenant(),
                message.businessKey(),
                message.traceparent(),
                message.causedBy(),
                message.channel(),
                message.body(),
                admission.state().stored(),
                code == null ? null : code.kind().name(),
                code == null ? null : code.code(),
                admission.detail(),
                admission.fingerprint(),
            };
            for (int c = 0; c < values.length; c++) {
                columns[c][i] = values[c];
            }
            sequences[i] = message.sequence();
            times[0][i] = admission.dueAt();
            times[1][i] = admission.deadline();
        }
        database.update(
                """
                insert into hospital_case (queue, parked_at, state_since, case_id, message_id, type, tenant, business_key,
                  traceparent, caused_by, channel, body, state, kind, code, detail, fingerprint, sequence, due_at, deadline)
                select ?, ?, ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                queue,
                clock.instant(),
                clock.instant(),
                columns[0],
                columns[1],
                columns[2],
                columns[3],
                columns[4],
                columns[5],
                columns[6],
                columns[7],
                columns[8],
                columns[9],
                columns[10],
                columns[11],
                columns[12],
                columns[13],
                sequences,
                times[0],
                times[1]);
    }

    /** The treatment worked. */
    public void discharge(Collection<String> caseIds) {
        if (!caseIds.isEmpty()) {
            database.update(
                    "update hospital_case set state = 'done', state_since = ?, attempts = attempts + 1 where case_id = any(?)",
                    clock.instant(),
                    caseIds.toArray(String[]::new));
        }
    }

    /** The next message of the key may go: the one before it is handled or given up. */
    public void callNext(String queue, String businessKey, long sequence) {
        database.update("""
                update hospital_case set state = 'due', due_at = ?, state_since = ?
                where queue = ? and business_key = ? and sequence = ? and state in ('waiting', 'gap')""", clock.instant(), clock.instant(), queue, businessKey, sequence);
    }
}
