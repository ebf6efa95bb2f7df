package org.retailhub.masterdata;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.domain.ErpMaster;
import org.retailhub.masterdata.domain.MasterKind;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What ERPs say of their masters, and who owns what of ours. An ERP owns, of the one that bears the key of its master: its search key, its
 * name, a tax's rate, and that what it does not use is inactive. Further ones that somebody booked under its search key keep their names, and
 * are inactive with it. All else is its owner's: GTINs that another product has, the kind of a place, all that is personal, and that something
 * is not to be sold here though the ERP uses it. Nothing is deleted.
 *
 * <p>In the caller's transaction; tenants' changes of one kind wait for each other.
 */
public final class ErpMasters {
    /** What an ERP said, by the number of the message that did. */
    public record Said(ErpMaster master, long sequence) {}

    /** What somebody who is no ERP says of one of ours. @param name null for a customer. @param rate of a tax */
    public record Claim(
            String key,
            @Nullable String erpKey,
            @Nullable String name,
            @Nullable BigDecimal rate,
            boolean active) {}

    private record Before(String value, boolean active, long sequence) {}

    /** @param again whether the ERP uses it, or another of its key, after it had not. @param former its search key until now; null if it is the same */
    private record News(
            ErpMaster master,
            long sequence,
            boolean again,
            @Nullable String former) {}

    private static final Map<MasterKind, String> MORE_COLUMNS = Map.of(
            MasterKind.ITEM, ", name",
            MasterKind.CUSTOMER, "",
            MasterKind.LOCATION, ", name, kind",
            MasterKind.TAX_CODE, ", name, rate");
    // A place that the ERP alone knows is taken for a distribution centre: whoever knows better says so.
    private static final Map<MasterKind, String> MORE_VALUES = Map.of(
            MasterKind.ITEM, ", u.name",
            MasterKind.CUSTOMER, "",
            MasterKind.LOCATION, ", u.name, 'distribution-centre'",
            MasterKind.TAX_CODE, ", u.name, u.rate");
    private static final String ACTIVE = "case when not u.active then false when u.again then true else t.active end";

    private final Database database;
    private final AuditTrail audit;
    private final Clock clock;

    public ErpMasters(Database database, AuditTrail audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whose keys of ours are taken: by key, the ERP's own key ({@code target/id}) of an active master. */
    public Map<String, String> holders(String tenant, MasterKind kind, Collection<String> keys) {
        Map<String, String> holders = new HashMap<>();
        database.query(
                "select hub_key, target || '/' || erp_id from erp_master where tenant = ? and kind = ? and hub_key = any(?) and active",
                row -> holders.put(row.getString(1), row.getString(2)),
                tenant,
                kind.wire(),
                keys.toArray(String[]::new));
        return holders;
    }

    /** @param said of one tenant, each of another master, no two active ones of one key */
    public void learn(String tenant, List<Said> said) {
        Map<MasterKind, List<Said>> byKind = new EnumMap<>(MasterKind.class);
        said.forEach(each -> byKind.computeIfAbsent(each.master().kind(), kind -> new ArrayList<>())
                .add(each));
        byKind.forEach((kind, all) -> learn(tenant, kind, all));
    }

    private void learn(String tenant, MasterKind kind, List<Said> said) {
        lock(tenant, kind);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Before> before = before(tenant, kind, said);
        Set<String> outOfUse = outOfUse(tenant, kind, said);
        List<News> news = new ArrayList<>();
        for (Said each : said) {
            Before known = before.get(id(each.master()));
            if (known == null || known.sequence() < each.sequence()) {
                String value = each.master().value();
                news.add(new News(
                        each.master(),
                        each.sequence(),
                        each.master().active()
                                && (known != null && !known.active()
                                        || outOfUse.contains(each.master().key())),
                        known == null || known.value().equals(value) ? null : known.value()));
            }
        }
        if (news.isEmpty()) {
            return;
        }
        store(tenant, kind, news, now);
        List<AuditTrail.Entry> entries = new ArrayList<>();
        List<News> holding = holding(tenant, kind, news);
        rename(tenant, kind, holding, now, entries);
        create(tenant, kind, holding, now, entries);
        follow(tenant, kind, holding, now, entries);
        if (kind == MasterKind.ITEM) {
            addGtins(tenant, holding);
        }
        audit.append(tenant, "erp " + news.get(0).master().target(), now, entries);
    }

    /** Whoever teaches some of a tenant's products, customers, … holds the same. */
    private void lock(String tenant, MasterKind kind) {
        database.query("select pg_advisory_xact_lock(hashtextextended(?, 0))", row -> 0, kind.lockOf(tenant));
    }

    private static String id(ErpMaster master) {
        return master.target() + "/" + master.erpId();
    }

    private Map<String, Before> before(String tenant, MasterKind kind, List<Said> said) {
        Map<String, Before> before = new HashMap<>();
        database.query(
                """
                select target || '/' || erp_id, value, active, sequence from erp_master
                where tenant = ? and kind = ? and (target, erp_id) in (select * from unnest(?, ?))""",
                row -> before.put(row.getString(1), new Before(row.getString(2), row.getBoolean(3), row.getLong(4))),
                tenant,
                kind.wire(),
                Columns.texts(said, each -> each.master().target()),
                Columns.texts(said, each -> each.master().erpId()));
        return before;
    }

    /** Those of the keys that the ERP's masters claim and none in use. */
    private Set<String> outOfUse(String tenant, MasterKind kind, List<Said> said) {
        return new HashSet<>(database.query(
                """
                select hub_key from erp_master where tenant = ? and kind = ? and hub_key = any(?)
                group by hub_key having not bool_or(active)""", row -> row.getString(1), tenant, kind.wire(), Columns.texts(said, each -> each.master()
                        .key())));
    }

    private void store(String tenant, MasterKind kind, List<News> news, Instant now) {
        database.update(
                """
                insert into erp_master (tenant, kind, applied_at, target, erp_id, hub_key, value, name, rate, active, sequence, erp_updated)
                select ?, ?, ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant, target, kind, erp_id) do update
                  set hub_key = excluded.hub_key, value = excluded.value, name = excluded.name, rate = excluded.rate,
                    active = excluded.active, sequence = excluded.sequence, erp_updated = excluded.erp_updated,
                    applied_at = excluded.applied_at""",
                tenant,
                kind.wire(),
                now,
                texts(news, ErpMaster::target),
                texts(news, ErpMaster::erpId),
                texts(news, ErpMaster::key),
                texts(news, ErpMaster::value),
                texts(news, ErpMaster::name),
                rates(news),
                flags(news, each -> each.master().active()),
                news.stream().map(News::sequence).toArray(Long[]::new),
                news.stream().map(each -> each.master().updated()).toArray(Instant[]::new));
    }

    /** Where several of the ERP's masters claim one key of ours, the active one counts; of those out of use the last heard of. */
    private List<News> holding(String tenant, MasterKind kind, List<News> news) {
        Set<String> holders = new HashSet<>(
                database.query("""
                select distinct on (hub_key) target || '/' || erp_id from erp_master
                where tenant = ? and kind = ? and hub_key = any(?) order by hub_key, active desc, applied_at desc, erp_id""", row -> row.getString(1), tenant, kind.wire(), texts(news, ErpMaster::key)));
        return news.stream().filter(each -> holders.contains(id(each.master()))).toList();
    }

    /** What is booked under a search key that the ERP changed goes on under the new one. */
    private void rename(String tenant, MasterKind kind, List<News> news, Instant now, List<AuditTrail.Entry> entries) {
        List<News> renamed = news.stream().filter(each -> each.former() != null).toList();
        if (!renamed.isEmpty()) {
            database.query(
                    sql(kind, """
                            update $table t set $erp = u.value, version = t.version + 1, updated_at = ?
                            from unnest(?, ?) as u(former, value) where t.tenant = ? and t.$erp = u.former
                            returning t.$key, t.version"""),
                    row -> entries.add(entry(kind, row)),
                    now,
                    Columns.texts(renamed, News::former),
                    texts(renamed, ErpMaster::value),
                    tenant);
        }
    }

    /** Beside what is booked under the same search key only if the ERP names a key of its own. */
    private void create(String tenant, MasterKind kind, List<News> news, Instant now, List<AuditTrail.Entry> entries) {
        database.query(
                sql(kind, """
                        insert into $table (tenant, version, created_at, updated_at, $key, $erp, active$columns)
                        select ?, 1, ?, ?, u.key, u.value, u.active$values
                        from unnest(?, ?, ?, ?, ?, ?) as u(key, value, named, name, rate, active)
                        where not exists (select from $table t where t.tenant = ? and t.$key = u.key)
                          and (u.named or not exists (select from $table t where t.tenant = ? and t.$erp = u.value))
                        returning $key, version"""),
                row -> entries.add(entry(kind, row)),
                tenant,
                now,
                now,
                texts(news, ErpMaster::key),
                texts(news, ErpMaster::value),
                flags(news, each -> each.master().named()),
                texts(news, ErpMaster::name),
                rates(news),
                flags(news, each -> each.master().active()),
                tenant,
                tenant);
    }

    private void follow(String tenant, MasterKind kind, List<News> news, Instant now, List<AuditTrail.Entry> entries) {
        String own = kind == MasterKind.CUSTOMER ? "" : ", name = case when t.$key = u.key then u.name else t.name end";
        String differs = kind == MasterKind.CUSTOMER ? "" : " or t.$key = u.key and t.name <> u.name";
        if (kind == MasterKind.TAX_CODE) {
            own += ", rate = case when t.$key = u.key then u.rate else t.rate end";
            differs += " or t.$key = u.key and t.rate <> u.rate";
        }
        database.query(
                sql(
                        kind,
                        """
                        update $table t set $erp = u.value, active = $active, version = t.version + 1, updated_at = ?"""
                                + own
                                + """

                                from unnest(?, ?, ?, ?, ?, ?) as u(key, value, again, name, rate, active)
                                where t.tenant = ? and (t.$key = u.key or t.$erp = u.value and not exists
                                    (select from erp_master m where m.tenant = t.tenant and m.kind = ? and m.hub_key = t.$key))
                                  and (t.$erp is distinct from u.value or t.active <> $active"""
                                + differs
                                + ")"
                                + (kind == MasterKind.CUSTOMER ? " and t.erased_at is null" : "")
                                + " returning t.$key, t.version"),
                row -> entries.add(entry(kind, row)),
                now,
                texts(news, ErpMaster::key),
                texts(news, ErpMaster::value),
                flags(news, News::again),
                texts(news, ErpMaster::name),
                rates(news),
                flags(news, each -> each.master().active()),
                tenant,
                kind.wire());
    }

    /** Those that no product has. */
    private void addGtins(String tenant, List<News> news) {
        database.update(
                """
                insert into identifier (tenant, kind, comparable, value, sku)
                select p.tenant, 'gtin', u.comparable, u.digits, p.sku from unnest(?, ?, ?) as u(sku, comparable, digits)
                  join product p on p.tenant = ? and p.sku = u.sku
                where u.digits is not null on conflict do nothing""",
                texts(news, ErpMaster::key),
                texts(news, each -> each.gtin() == null ? null : each.gtin().normalized()),
                texts(news, each -> each.gtin() == null ? null : each.gtin().digits()),
                tenant);
    }

    /** Of this kind ERPs own nothing any more, until they say something again. @return how many they had said something of */
    public int release(String tenant, MasterKind kind, String actor) {
        lock(tenant, kind);
        int released = database.update("delete from erp_master where tenant = ? and kind = ?", tenant, kind.wire());
        if (released > 0) {
            audit.append(
                    tenant,
                    actor,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    List.of(new AuditTrail.Entry(
                            "erp-masters-released", "kind " + kind.wire(), released + " masters")));
        }
        return released;
    }

    /** What came of contents. @param contradicted by key, those that were put by: the field that is the ERP's */
    public record Taken<V>(Map<String, Violation> contradicted, V learnt) {}

    /**
     * Has contents of others learnt, but for those that contradict what an ERP says of a field of its own. In the caller's transaction: until
     * it ends no ERP changes anything of the kind.
     */
    public <T, V> Taken<V> beside(
            String tenant, MasterKind kind, List<T> contents, Function<T, Claim> claim, Function<List<T>, V> learn) {
        Map<String, Violation> contradicted =
                contradicted(tenant, kind, contents.stream().map(claim).toList());
        return new Taken<>(
                contradicted,
                learn.apply(contents.stream()
                        .filter(each ->
                                !contradicted.containsKey(claim.apply(each).key()))
                        .toList()));
    }

    private Map<String, Violation> contradicted(String tenant, MasterKind kind, List<Claim> claims) {
        lock(tenant, kind);
        Map<String, Claim> said = new HashMap<>();
        database.query(
                """
                select distinct on (hub_key) hub_key, value, name, rate, active from erp_master
                where tenant = ? and kind = ? and hub_key = any(?) order by hub_key, active desc, applied_at desc, erp_id""",
                row -> said.put(
                        row.getString(1),
                        new Claim(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getBigDecimal(4),
                                row.getBoolean(5))),
                tenant,
                kind.wire(),
                Columns.texts(claims, Claim::key));
        Map<String, Violation> contradicted = new HashMap<>();
        for (Claim claim : claims) {
            Claim erp = said.get(claim.key());
            Violation violation = erp == null ? null : contradiction(kind, claim, erp);
            if (violation != null) {
                contradicted.put(claim.key(), violation);
            }
        }
        return contradicted;
    }

    private static @Nullable Violation contradiction(MasterKind kind, Claim claim, Claim erp) {
        if (!String.valueOf(erp.erpKey()).equals(claim.erpKey())) {
            return says(kind.erpField(), erp.erpKey());
        }
        if (erp.name() != null && !erp.name().equals(claim.name())) {
            return says("name", erp.name());
        }
        BigDecimal rate = erp.rate();
        if (rate != null && (claim.rate() == null || rate.compareTo(claim.rate()) != 0)) {
            return says("rate", rate.stripTrailingZeros().toPlainString());
        }
        return claim.active() && !erp.active() ? says("active", "false") : null;
    }

    private static Violation says(String field, @Nullable String value) {
        return new Violation(field, "the ERP says " + value + "; change it there");
    }

    private static String sql(MasterKind kind, String template) {
        return template.replace("$table", kind.table())
                .replace("$columns", MORE_COLUMNS.get(kind))
                .replace("$values", MORE_VALUES.get(kind))
                .replace("$active", ACTIVE)
                .replace("$key", kind.keyColumn())
                .replace("$erp", kind.erpColumn());
    }

    private static AuditTrail.Entry entry(MasterKind kind, ResultSet row) throws SQLException {
        return new AuditTrail.Entry(
                kind.noun().replace(' ', '-') + (row.getLong(2) == 1 ? "-created" : "-changed"),
                kind.noun() + " " + row.getString(1),
                "version " + row.getLong(2));
    }

    private static @Nullable String[] texts(List<News> news, Function<ErpMaster, @Nullable String> value) {
        return Columns.texts(news, each -> value.apply(each.master()));
    }

    private static @Nullable BigDecimal[] rates(List<News> news) {
        return Columns.decimals(news, each -> each.master().rate());
    }

    private static Boolean[] flags(List<News> news, Function<News, Boolean> value) {
        return news.stream().map(value).toArray(Boolean[]::new);
    }
}
