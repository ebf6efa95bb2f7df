package org.retailhub.platform.runtime.messaging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Tells each consumer, through its own queue, the highest number that was sent per business key. A queue keeps its order, so
 * whatever a census counts has come before it, or was removed or moved away (ADR 0009).
 *
 * <p>Each row of the sent log is counted once: rows of transactions that are still open when a census is taken, also those in doubt,
 * belong to a later one. What committed since the look before is left for the next: the database commits before the broker does, so
 * its messages may still be on their way.
 */
public final class Census implements Loop.Step {
    /** JMSType of a census message; it has no key and no number. */
    static final String TYPE = "Census.v1";

    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int MOST_ROWS = 20_000;
    private static final int KEYS_PER_MESSAGE = 1_000;
    /** Its field names are business keys: each comes once, so that a table of known names would only be filled and thrown away. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .build();

    /** Puts messages on a destination, in the caller's transaction: {@link MessageSender#tell}. */
    interface Teller {
        void tell(String destination, String type, List<String> bodies);
    }

    private final String module;
    private final Database database;
    private final Teller teller;
    private final Transactions transactions;
    private final Lease lease;
    private long seenBefore;

    public Census(String module, Database database, MessageSender sender, Transactions transactions) {
        this(module, database, sender::tell, transactions);
    }

    Census(String module, Database database, Teller teller, Transactions transactions) {
        this.module = module;
        this.database = database;
        this.teller = teller;
        this.transactions = transactions;
        this.lease = new Lease(database, "census");
    }

    /** A row of the sent log. */
    record Sent(long xid, String destination, String businessKey, long sequence) {}

    @Override
    public String name() {
        return "census-" + module;
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        int counted = transactions.call(() -> lease.take() ? count() : 0, rows -> rows > 0);
        return Loop.Next.after(counted < MOST_ROWS ? PERIOD : Duration.ofSeconds(1));
    }

    /** Up to where the look before saw. @return number of log rows counted */
    int count() {
        long to = seenBefore;
        seenBefore = horizon();
        long from = database.queryOne("select counted_to from census", row -> row.getLong(1))
                .orElseThrow();
        if (from > seenBefore) {
            // Numbers of transactions have begun anew: the database was restored from a dump. Its old rows are the
            // restore's sweep.
            database.update("update census set counted_to = ?", seenBefore);
            return 1;
        }
        List<Sent> rows = rows(from, to);
        if (rows.isEmpty()) {
            return 0;
        }
        database.update(
                "update census set counted_to = ?",
                rows.size() < MOST_ROWS ? to : rows.get(rows.size() - 1).xid() + 1);
        highest(rows).forEach((destination, keys) -> tell(destination, keys));
        return rows.size();
    }

    /** All transactions below it have ended; prepared ones have not. */
    private long horizon() {
        return database.queryOne("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint", row -> row.getLong(1))
                .orElseThrow();
    }

    /** Whole transactions only, the oldest first. */
    private List<Sent> rows(long from, long to) {
        return database.query(
                """
                select sent_xid, destination, business_key, sequence from sent_message
                where sent_xid >= ? and sent_xid < ? order by sent_xid fetch first ? rows with ties""",
                row -> new Sent(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)),
                from,
                to,
                MOST_ROWS);
    }

    private static Map<String, Map<String, Long>> highest(List<Sent> rows) {
        Map<String, Map<String, Long>> highest = new LinkedHashMap<>();
        rows.forEach(row -> highest.computeIfAbsent(row.destination(), d -> new LinkedHashMap<>())
                .merge(row.businessKey(), row.sequence(), Math::max));
        return highest;
    }

    private void tell(String destination, Map<String, Long> keys) {
        List<String> bodies = new ArrayList<>();
        Map<String, Long> part = new LinkedHashMap<>();
        for (Map.Entry<String, Long> each : keys.entrySet()) {
            part.put(each.getKey(), each.getValue());
            if (part.size() == KEYS_PER_MESSAGE) {
                bodies.add(write(part));
                part.clear();
            }
        }
        if (!part.isEmpty()) {
            bodies.add(write(part));
        }
        teller.tell(destination, TYPE, bodies);
    }

    static String write(Map<String, Long> highest) {
        try {
            return JSON.writeValueAsString(highest);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @throws IllegalArgumentException if somebody else wrote it */
    static Map<String, Long> read(String body) {
        try {
            @Nullable Map<String, Long> highest = JSON.readValue(body, new TypeReference<Map<String, Long>>() {});
            if (highest == null) {
                throw new IllegalArgumentException("it is null");
            }
            return highest;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
