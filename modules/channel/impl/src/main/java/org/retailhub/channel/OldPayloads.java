package org.retailhub.channel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.retailhub.channel.api.ChannelQueues;
import org.retailhub.platform.runtime.sql.Database;

/** The bodies of payloads that nobody needs any more. Joins the caller's transaction; their ids carry the time at which they came. */
final class OldPayloads {
    /** @param needed it waits, is parked, or is asked for as a whole */
    private record Row(String payloadId, boolean removed, boolean needed) {}

    /**
     * What a look at some of them found.
     *
     * @param done up to here none is needed any more
     * @param last up to here was looked
     */
    record Look(String done, String last, int removed, boolean more) {}

    private final Database database;

    OldPayloads(Database database) {
        this.database = database;
    }

    /** Up to here nothing is left to do. */
    String passed() {
        return database.queryOne("select passed from payload_retention", row -> row.getString(1))
                .orElse("");
    }

    void pass(String payloadId) {
        database.update("update payload_retention set passed = ? where passed < ?", payloadId, payloadId);
    }

    /**
     * Takes the bodies of those that are decided, and of no use to anybody.
     *
     * @param after an id
     * @param before an id, or its beginning
     */
    Look remove(String after, String before, int limit, Instant now) {
        List<Row> page = database.query(
                """
                select p.payload_id, p.removed_at is not null,
                  exists (select from unannounced u where u.payload_id = p.payload_id)
                  or exists (select from wanted w where w.payload_id = p.payload_id)
                  or exists (select from hospital_case c where c.queue = ? and c.business_key = p.payload_id
                    and c.state not in ('done', 'discarded'))
                  or (f.payload_id is null and not exists (select from hospital_case c where c.queue = ?
                    and c.business_key = p.payload_id and c.state = 'discarded'))
                from (select payload_id, removed_at from payload where payload_id > ? and payload_id < ? order by payload_id limit ?) p
                  left join payload_fate f using (payload_id)
                order by 1""",
                row -> new Row(row.getString(1), row.getBoolean(2), row.getBoolean(3)),
                ChannelQueues.INBOUND,
                ChannelQueues.INBOUND,
                after,
                before,
                limit);
        List<String> old = new ArrayList<>();
        String done = after;
        String last = after;
        for (Row each : page) {
            if (!each.needed() && !each.removed()) {
                old.add(each.payloadId());
            }
            done = !each.needed() && done.equals(last) ? each.payloadId() : done;
            last = each.payloadId();
        }
        if (!old.isEmpty()) {
            database.update("""
                    update payload set body = ''::bytea, removed_at = ? where payload_id in (
                      select payload_id from payload where payload_id = any(?) order by payload_id for update)""", now, old.toArray(String[]::new));
        }
        return new Look(done, last, old.size(), page.size() == limit);
    }
}
