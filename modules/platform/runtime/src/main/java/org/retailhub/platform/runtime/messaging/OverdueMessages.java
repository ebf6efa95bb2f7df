package org.retailhub.platform.runtime.messaging;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Compares a {@link Census} with the inbox and the hospital: what was counted and is in neither has been removed from the queue, or
 * moved away. Joins the caller's transaction, after the batch's own rows are written.
 */
final class OverdueMessages {
    private static final Logger LOG = Logger.getLogger(OverdueMessages.class);
    private static final int NAMED_IN_LOG = 5;

    private final Database database;
    private final Clock clock;

    OverdueMessages(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param awaited leaves those keys whose messages come to the queue */
    void compare(String queue, List<String> censuses, UnaryOperator<Set<String>> awaited) {
        for (String census : censuses) {
            try {
                Map<String, Long> highest = Census.read(census);
                highest.keySet().retainAll(Set.copyOf(awaited.apply(Set.copyOf(highest.keySet()))));
                compare(queue, highest);
            } catch (IllegalArgumentException e) {
                LOG.errorf(
                        "%s %s: a census that is none of ours: %s",
                        RuntimeError.MALFORMED_MESSAGE.code(), queue, e.getMessage());
            }
        }
        if (!censuses.isEmpty()) {
            database.update("""
                    delete from overdue_message o using inbox i
                    where o.queue = ? and i.queue = o.queue and i.business_key = o.business_key and i.last_sequence >= o.sequence""", queue);
        }
    }

    private void compare(String queue, Map<String, Long> highest) {
        if (highest.isEmpty()) {
            return;
        }
        List<String> overdue = database.query(
                """
                insert into overdue_message as o (queue, business_key, sequence, noticed_at)
                select ?, k, s, ? from unnest(?, ?) as t(k, s)
                  left join inbox i on i.queue = ? and i.business_key = k
                where coalesce(i.last_sequence, 0) < s
                  and s - coalesce(i.last_sequence, 0) > (
                    select count(*) from hospital_case c where c.queue = ? and c.business_key = k
                      and c.sequence > coalesce(i.last_sequence, 0) and c.sequence <= s and c.state not in ('done', 'discarded'))
                on conflict (queue, business_key) do update set sequence = greatest(o.sequence, excluded.sequence)
                returning business_key || ' #' || sequence""",
                row -> row.getString(1),
                queue,
                clock.instant(),
                highest.keySet().toArray(String[]::new),
                highest.values().toArray(Long[]::new),
                queue,
                queue);
        if (!overdue.isEmpty()) {
            LOG.warnf(
                    "%s %s: messages of %d keys were sent and have not come, such as %s",
                    RuntimeError.MESSAGE_OVERDUE.code(),
                    queue,
                    overdue.size(),
                    overdue.subList(0, Math.min(NAMED_IN_LOG, overdue.size())));
        }
    }
}
