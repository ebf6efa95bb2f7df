package org.retailhub.masterdata;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.retailhub.masterdata.api.TaxCodeView;
import org.retailhub.masterdata.domain.TaxCodeContent;
import org.retailhub.platform.runtime.sql.Database;

/** The tax codes of all tenants, one tenant a call. */
public final class KnownTaxCodes {
    /** A tax code with what counts its changes. */
    public record Stored(TaxCodeContent content, long version, Instant updatedAt) {}

    private static final String SELECT = """
            select tax_code, name, rate, country, region, erp_tax, valid_from, active, version, updated_at
            from tax_code where tenant = ? and\s""";

    private final Database database;
    private final AuditTrail audit;

    public KnownTaxCodes(Database database, AuditTrail audit) {
        this.database = database;
        this.audit = audit;
    }

    /**
     * Takes over what is new, in the caller's transaction. Rows are taken in the order of their codes: no two batches lock each other out.
     *
     * @param contents with different codes
     * @return versions of those that were written; 1 is a new one
     */
    public Map<String, Long> learn(String tenant, List<TaxCodeContent> contents, String actor, Instant now) {
        List<TaxCodeContent> sorted = contents.stream()
                .sorted(Comparator.comparing(TaxCodeContent::code))
                .toList();
        Map<String, Long> written = new HashMap<>();
        database.query(
                """
                insert into tax_code (tenant, tax_code, name, rate, country, region, erp_tax, valid_from, active, version, created_at,
                  updated_at)
                select ?, c, n, r, country, region, e, f::date, a, 1, ?, ?
                from unnest(?, ?, ?, ?, ?, ?, ?, ?) as u(c, n, r, country, region, e, f, a)
                on conflict (tenant, tax_code) do update set name = excluded.name, rate = excluded.rate, country = excluded.country,
                  region = excluded.region, erp_tax = excluded.erp_tax, valid_from = excluded.valid_from, active = excluded.active,
                  version = tax_code.version + 1, updated_at = excluded.updated_at
                where (tax_code.name, tax_code.rate, tax_code.country, tax_code.region, tax_code.erp_tax, tax_code.valid_from,
                  tax_code.active) is distinct from (excluded.name, excluded.rate, excluded.country, excluded.region,
                  excluded.erp_tax, excluded.valid_from, excluded.active)
                returning tax_code, version""",
                row -> written.put(row.getString(1), row.getLong(2)),
                tenant,
                now,
                now,
                Columns.texts(sorted, TaxCodeContent::code),
                Columns.texts(sorted, TaxCodeContent::name),
                sorted.stream().map(TaxCodeContent::rate).toArray(BigDecimal[]::new),
                Columns.texts(sorted, TaxCodeContent::country),
                Columns.texts(sorted, TaxCodeContent::region),
                Columns.texts(sorted, TaxCodeContent::erpTax),
                Columns.texts(
                        sorted,
                        each -> each.validFrom() == null
                                ? null
                                : each.validFrom().toString()),
                sorted.stream().map(TaxCodeContent::active).toArray(Boolean[]::new));
        audit.append(
                tenant,
                actor,
                now,
                written.entrySet().stream()
                        .map(each -> new AuditTrail.Entry(
                                each.getValue() == 1 ? "tax-code-created" : "tax-code-changed",
                                "tax code " + each.getKey(),
                                "version " + each.getValue()))
                        .toList());
        return written;
    }

    public Optional<Stored> find(String tenant, String code) {
        return database.queryOne(SELECT + "tax_code = ?", KnownTaxCodes::stored, tenant, code);
    }

    /** By code, those after {@code after} (exclusive; empty: from the first). */
    public List<Stored> page(String tenant, String after, int limit) {
        return database.query(
                SELECT + "tax_code > ? order by tax_code limit ?", KnownTaxCodes::stored, tenant, after, limit);
    }

    /** The known ones among {@code codes}; one query whatever the number. */
    public Map<String, TaxCodeView> views(String tenant, Set<String> codes) {
        Map<String, TaxCodeView> views = new HashMap<>();
        database.query(SELECT + "tax_code = any(?)", row -> stored(row).content(), tenant, codes.toArray(String[]::new))
                .forEach(each -> views.put(
                        each.code(),
                        new TaxCodeView(
                                each.code(),
                                each.rate(),
                                each.country(),
                                each.region(),
                                each.erpTax(),
                                each.active())));
        return views;
    }

    private static Stored stored(ResultSet row) throws SQLException {
        TaxCodeContent content = new TaxCodeContent(
                row.getString(1),
                row.getString(2),
                row.getBigDecimal(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getObject(7, LocalDate.class),
                row.getBoolean(8));
        return new Stored(
                content, row.getLong(9), row.getObject(10, OffsetDateTime.class).toInstant());
    }
}
