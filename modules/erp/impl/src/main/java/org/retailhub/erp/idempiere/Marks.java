package org.retailhub.erp.idempiere;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.retailhub.erp.domain.ErpAdapter.Mark;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.sql.Database;

/** {@code rh_posting} in the ERP's database: which messages have been handled there, whatever else is forgotten. */
final class Marks {
    private final Database erp;

    Marks(Database erp) {
        this.erp = erp;
    }

    /** In the caller's transaction. */
    void leave(List<Envelope> messages) {
        if (!messages.isEmpty()) {
            erp.update(
                    "insert into rh_posting (message_id, business_key, sequence) select * from unnest(?, ?, ?)",
                    messages.stream().map(Envelope::messageId).toArray(String[]::new),
                    messages.stream().map(Envelope::businessKey).toArray(String[]::new),
                    messages.stream().map(Envelope::sequence).toArray(Long[]::new));
        }
    }

    Set<String> among(Collection<String> messageIds) {
        return Set.copyOf(erp.query(
                "select message_id from rh_posting where message_id = any(?)", row -> row.getString(1), (Object)
                        messageIds.toArray(String[]::new)));
    }

    List<Mark> between(Instant from, Instant to, String after, int limit) {
        return erp.query(
                """
                select message_id, business_key, sequence, posted_at from rh_posting
                where posted_at >= ? and posted_at < ? and message_id > ? order by message_id limit ?""",
                row -> new Mark(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()),
                from,
                to,
                after,
                limit);
    }
}
