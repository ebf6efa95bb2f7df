package org.retailhub.masterdata.domain;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.retailhub.masterdata.api.ProductView;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.sql.Database;

/** The products of all tenants, one tenant a call. In the caller's transaction. */
public final class KnownProducts {
    // 768 SKUs of 10,000 products: 3 ms with statistics, 5 ms without. A join takes 3 ms and, without statistics, 900
    // ms.
    private static final String BY_SKU = """
            select p.sku, p.erp_item, p.name, p.active,
              array(select i.value from identifier i where i.tenant = p.tenant and i.sku = p.sku and i.kind = 'gtin')
            from product p where p.tenant = ? and p.sku = any(?)""";

    private final EntityManager entities;
    private final Database database;

    public KnownProducts(EntityManager entities, Database database) {
        this.entities = entities;
        this.database = database;
    }

    public Optional<Product> find(String tenant, Sku sku) {
        return Optional.ofNullable(entities.find(Product.class, new ProductKey(tenant, sku.value())));
    }

    /** The known ones among {@code skus}; one query whatever the number. */
    public static Map<Sku, ProductView> bySku(Database database, String tenant, Set<Sku> skus) {
        Map<Sku, ProductView> views = new HashMap<>(skus.size() * 2);
        contents(database, tenant, skus)
                .forEach((sku, content) -> views.put(
                        sku,
                        new ProductView(sku, content.gtins(), content.erpItem(), content.name(), content.active())));
        return views;
    }

    /**
     * Takes over what is new in the contents. Waits for other batches of the tenant: two batches that claim one GTIN cannot both
     * find it free, and no two lock each other out.
     *
     * @param contents with different SKUs
     * @return what came of each; those refused are not written, the others are
     */
    public Map<Sku, Learning.Decision> learn(String tenant, List<ProductContent> contents, Instant now) {
        database.query("select pg_advisory_xact_lock(hashtextextended('products of ' || ?, 0))", row -> 0, tenant);
        Set<Sku> skus = contents.stream().map(ProductContent::sku).collect(Collectors.toSet());
        Map<Sku, Learning.Decision> decisions =
                new Learning(contents(database, tenant, skus), gtinOwners(tenant, contents)).decide(contents);
        List<ProductContent> changed = contents.stream()
                .filter(content -> Objects.requireNonNull(decisions.get(content.sku()), "each content is decided")
                        .writes())
                .toList();
        if (!changed.isEmpty()) {
            write(tenant, changed, now);
        }
        return decisions;
    }

    private static Map<Sku, ProductContent> contents(Database database, String tenant, Set<Sku> skus) {
        Map<Sku, ProductContent> contents = new HashMap<>(skus.size() * 2);
        database.query(BY_SKU, KnownProducts::content, tenant, texts(skus))
                .forEach(content -> contents.put(content.sku(), content));
        return contents;
    }

    private static ProductContent content(ResultSet row) throws SQLException {
        List<Gtin> gtins =
                Stream.of((String[]) row.getArray(5).getArray()).map(Gtin::new).toList();
        return new ProductContent(
                new Sku(row.getString(1)), gtins, row.getString(2), row.getString(3), row.getBoolean(4));
    }

    private Map<String, Sku> gtinOwners(String tenant, List<ProductContent> contents) {
        String[] gtins = contents.stream()
                .flatMap(content -> content.gtins().stream())
                .map(Gtin::normalized)
                .distinct()
                .toArray(String[]::new);
        Map<String, Sku> owners = new HashMap<>();
        database.query(
                "select comparable, sku from identifier where tenant = ? and kind = 'gtin' and comparable = any(?)",
                row -> owners.put(row.getString(1), new Sku(row.getString(2))),
                tenant,
                gtins);
        return owners;
    }

    private void write(String tenant, List<ProductContent> changed, Instant now) {
        database.update(
                """
                insert into product (tenant, sku, erp_item, name, active, version, created_at, updated_at)
                select ?, sku, erp_item, name, active, 1, ?, ? from unnest(?, ?, ?, ?) as u(sku, erp_item, name, active)
                on conflict (tenant, sku) do update set erp_item = excluded.erp_item, name = excluded.name,
                  active = excluded.active, version = product.version + 1, updated_at = excluded.updated_at""",
                tenant,
                now,
                now,
                changed.stream().map(content -> content.sku().value()).toArray(String[]::new),
                changed.stream().map(ProductContent::erpItem).toArray(String[]::new),
                changed.stream().map(ProductContent::name).toArray(String[]::new),
                changed.stream().map(ProductContent::active).toArray(Boolean[]::new));
        List<String> owners = new ArrayList<>();
        List<Identifier> identifiers = new ArrayList<>();
        for (ProductContent content : changed) {
            for (Gtin gtin : content.gtins()) {
                owners.add(content.sku().value());
                identifiers.add(Identifier.of(gtin));
            }
        }
        database.update(
                "delete from identifier where tenant = ? and kind = 'gtin' and sku = any(?)",
                tenant,
                texts(changed.stream().map(ProductContent::sku).toList()));
        database.update(
                """
                insert into identifier (tenant, kind, comparable, value, sku)
                select ?, 'gtin', comparable, value, sku from unnest(?, ?, ?) as u(comparable, value, sku)""",
                tenant,
                identifiers.stream().map(Identifier::comparable).toArray(String[]::new),
                identifiers.stream().map(Identifier::value).toArray(String[]::new),
                owners.toArray(String[]::new));
    }

    private static String[] texts(Collection<Sku> skus) {
        return skus.stream().map(Sku::value).toArray(String[]::new);
    }
}
