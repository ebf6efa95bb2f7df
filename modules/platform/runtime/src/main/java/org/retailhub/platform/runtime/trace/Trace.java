package org.retailhub.platform.runtime.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.retailhub.platform.runtime.sql.Database;

/**
 * The module's part of every order's story: one short row per hop, written in the transaction of the hop itself.
 */
public final class Trace {
    private static final int MAX_DETAIL = 160;

    /**
     * One step of one business key.
     *
     * @param hop short verb, such as {@code accepted} or {@code parked}
     * @param messageId the message handled or sent, or empty
     * @param detail for people, no personal data; cut at 160 characters
     */
    public record Hop(String businessKey, String tenant, String hop, String messageId, String detail) {}

    /** A hop with the time it was taken. */
    @Schema(name = "Hop")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HopView(Instant at, String hop, String messageId, String detail) {}

    private static final HexFormat HEX = HexFormat.of();

    private final Database database;
    private final Clock clock;

    public Trace(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The traceparent of a trace that begins here: its span id is half of its trace id, so whoever reads it sees that nobody outside began it. */
    public static String begin() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long half = random.nextLong() | 1;
        String span = HEX.toHexDigits(half);
        return "00-" + HEX.toHexDigits(random.nextLong()) + span + '-' + span + "-01";
    }

    /** In the caller's transaction; one statement for all. */
    public void record(List<Hop> hops) {
        if (hops.isEmpty()) {
            return;
        }
        int n = hops.size();
        String[] keys = new String[n];
        String[] tenants = new String[n];
        String[] names = new String[n];
        String[] messages = new String[n];
        String[] details = new String[n];
        for (int i = 0; i < n; i++) {
            Hop hop = hops.get(i);
            keys[i] = hop.businessKey();
            tenants[i] = hop.tenant();
            names[i] = hop.hop();
            messages[i] = hop.messageId();
            details[i] = hop.detail().length() > MAX_DETAIL ? hop.detail().substring(0, MAX_DETAIL) : hop.detail();
        }
        database.update("""
                insert into trace_hop (hopped_at, business_key, tenant, hop, message_id, detail)
                select ?, * from unnest(?, ?, ?, ?, ?)""", clock.instant(), keys, tenants, names, messages, details);
    }

    /** The hops of one key in this module, oldest first. */
    public List<HopView> of(String businessKey) {
        return database.query(
                "select hopped_at, hop, message_id, detail from trace_hop where business_key = ? order by hopped_at",
                row -> new HopView(
                        row.getObject(1, java.time.OffsetDateTime.class).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4)),
                businessKey);
    }
}
