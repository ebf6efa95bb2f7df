package org.retailhub.order;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.retailhub.order.canonical.TaxRule;
import org.retailhub.order.canonical.WireTaxRules;
import org.retailhub.platform.runtime.sql.Database;

/** Tenants' rules of tax. Each version is kept with who set it. */
public final class TaxTables {
    /** A version of a tenant's rules, and who set it. */
    public record Version(TaxRule.Table table, Instant setAt, String setBy) {}

    private final Database database;
    private final Clock clock;

    public TaxTables(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What holds now, by tenant; those without rules are left out. */
    Map<String, TaxRule.Table> of(Set<String> tenants) {
        Map<String, TaxRule.Table> tables = new HashMap<>();
        if (!tenants.isEmpty()) {
            database.query(
                    "select tenant, version, document from tax_rules where tenant = any(?)",
                    row -> tables.put(row.getString(1), WireTaxRules.read(row.getString(3), row.getLong(2))),
                    (Object) tenants.toArray(String[]::new));
        }
        return tables;
    }

    /** The one that holds, if there is one. */
    public Optional<Version> current(String tenant) {
        List<Version> newest = database.query(
                """
                select version, document, set_at, set_by from tax_rules_version where tenant = ? order by version desc limit 1""",
                row -> new Version(
                        WireTaxRules.read(row.getString(2), row.getLong(1)),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getString(4)),
                tenant);
        return newest.stream().findFirst();
    }

    /** In the caller's transaction. The same again changes nothing. */
    public Version set(String actor, String tenant, TaxRule.Table wanted) {
        database.query("select pg_advisory_xact_lock(hashtextextended('tax rules of ' || ?, 0))", row -> 0, tenant);
        Optional<Version> before = current(tenant);
        if (before.isPresent() && before.get().table().rules().equals(wanted.rules())) {
            return before.get();
        }
        long version = before.map(each -> each.table().version()).orElse(0L) + 1;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String document = WireTaxRules.write(wanted);
        database.update("""
                insert into tax_rules (tenant, version, document, set_at) values (?, ?, ?, ?)
                on conflict (tenant) do update set version = excluded.version, document = excluded.document,
                  set_at = excluded.set_at""", tenant, version, document, now);
        database.update(
                "insert into tax_rules_version (tenant, version, document, set_at, set_by) values (?, ?, ?, ?, ?)",
                tenant,
                version,
                document,
                now,
                actor);
        return current(tenant).orElseThrow();
    }
}
