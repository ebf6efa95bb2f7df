package org.retailhub.partner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;

/**
 * When each key was last used, without a write per request: the gates ask about a key every 2 s while it is used, here the time of the
 * question is kept, and once a minute the times are written in one statement. A server that is killed forgets its last minute.
 */
public class LastUse implements Loop.Step {
    static final Duration PAUSE = Duration.ofSeconds(60);

    private final Database database;
    private final Clock clock;
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();

    public LastUse(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The key of this credential was used now. Costs a map entry. */
    public void note(String credential) {
        seen.put(credential, clock.instant());
    }

    @Override
    public String name() {
        return "key-last-use";
    }

    /**
     * Rows that somebody changes right now are left for the next time of use: nobody waits for this, and two nodes that write the same
     * keys cannot lock each other out.
     */
    @Override
    public Loop.Next step() {
        Map<String, Instant> written = new TreeMap<>(seen);
        if (!written.isEmpty()) {
            database.update(
                    "with used as (select c.credential_id, u.used_at from unnest(?, ?) as u (credential_id, used_at)"
                            + " join credential c on c.credential_id = u.credential_id"
                            + " where c.last_used_at is null or c.last_used_at < u.used_at"
                            + " order by c.credential_id for update of c skip locked)"
                            + " update credential set last_used_at = used.used_at from used"
                            + " where credential.credential_id = used.credential_id",
                    written.keySet().toArray(String[]::new),
                    written.values().toArray(Instant[]::new));
            written.forEach(seen::remove);
        }
        return Loop.Next.after(PAUSE);
    }
}
