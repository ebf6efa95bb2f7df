package org.retailhub.masterdata;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sql.Database;

/** Who changed which master data. In the caller's transaction: no deed without its entry. The application cannot change one. */
public final class AuditTrail {
    /**
     * A deed.
     *
     * @param subject what it was done to, such as {@code customer C-1001}
     * @param detail names of fields, a mode, a reason; never what is in a personal field
     */
    public record Entry(String action, String subject, String detail) {}

    private final Database database;
    private final Ulid ids;

    public AuditTrail(Database database, Ulid ids) {
        this.database = database;
        this.ids = ids;
    }

    public void append(String tenant, String actor, Instant now, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        database.update(
                """
                insert into audit_entry (entry_id, acted_at, actor, tenant, action, subject, detail)
                select id, ?, ?, ?, action, subject, detail from unnest(?, ?, ?, ?) as u(id, action, subject, detail)""",
                now,
                actor,
                tenant,
                Stream.generate(ids::next).limit(entries.size()).toArray(String[]::new),
                entries.stream().map(Entry::action).toArray(String[]::new),
                entries.stream().map(Entry::subject).toArray(String[]::new),
                entries.stream().map(Entry::detail).toArray(String[]::new));
    }
}
