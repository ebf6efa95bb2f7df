package org.retailhub.platform.runtime.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;

/** Refuses a database server that would lose acknowledged data or cannot take part in XA, with reason and cure. */
public final class DatabaseFitness {
    private static final int LEAST_PREPARED = 20;

    private DatabaseFitness() {}

    /** @throws RetailException {@link RuntimeError#SERVER_NOT_FIT} naming every fault */
    public static void check(Database database) {
        Map<String, String> settings = new TreeMap<>();
        database.query("""
                select name, setting from pg_settings
                where name in ('max_prepared_transactions', 'fsync', 'full_page_writes', 'synchronous_commit')""", row -> settings.put(row.getString(1), row.getString(2)));
        List<String> faults = faults(settings);
        if (!faults.isEmpty()) {
            throw new RetailException(RuntimeError.SERVER_NOT_FIT, String.join(" ", faults));
        }
    }

    static List<String> faults(Map<String, String> settings) {
        List<String> faults = new ArrayList<>();
        int prepared = Integer.parseInt(settings.getOrDefault("max_prepared_transactions", "0"));
        if (prepared < LEAST_PREPARED) {
            faults.add("PostgreSQL has max_prepared_transactions = " + prepared
                    + ": XA cannot prepare. Set it to 200 in postgresql.conf and restart PostgreSQL.");
        }
        for (String name : List.of("fsync", "full_page_writes")) {
            if (!"on".equals(settings.get(name))) {
                faults.add("PostgreSQL has " + name + " = " + settings.get(name)
                        + ": a power cut loses acknowledged orders. Set it to on and reload PostgreSQL.");
            }
        }
        if ("off".equals(settings.get("synchronous_commit"))) {
            faults.add("PostgreSQL has synchronous_commit = off: a crash loses acknowledged orders."
                    + " Set it to on and reload PostgreSQL.");
        }
        return faults;
    }
}
