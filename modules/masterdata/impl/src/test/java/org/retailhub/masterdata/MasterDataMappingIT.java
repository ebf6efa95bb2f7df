package org.retailhub.masterdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.masterdata.api.ProductView;
import org.retailhub.masterdata.api.SalesAccountView;
import org.retailhub.masterdata.domain.KnownProducts;
import org.retailhub.masterdata.domain.KnownSalesAccounts;
import org.retailhub.masterdata.domain.Learning.Decision;
import org.retailhub.masterdata.domain.Learning.Verdict;
import org.retailhub.masterdata.domain.Product;
import org.retailhub.masterdata.domain.ProductContent;
import org.retailhub.masterdata.domain.SalesAccount;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.sql.Database;

/** The persistence unit against the migrated schema, as the application role; Hibernate validates when it starts. */
class MasterDataMappingIT {
    private static final Instant MORNING = Instant.parse("2026-11-23T08:00:00.123456Z");
    private static final Instant EVENING = Instant.parse("2026-11-23T20:00:00.123456Z");
    private static final Gtin GTIN = new Gtin("4006381333931");
    private static TemporaryPostgres postgres;
    private static Database database;
    private static EntityManagerFactory factory;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("masterdata_app"));
        database = new Database(dataSource);
        factory = Persistence.createEntityManagerFactory(
                "masterdata",
                Map.of(
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        "jakarta.persistence.nonJtaDataSource",
                        dataSource));
    }

    @AfterAll
    static void stop() {
        factory.close();
        postgres.close();
    }

    @Test
    void readsBackAProductAsItWasLearnt() {
        ProductContent mug = product("MUG", List.of(GTIN, new Gtin("96385074")), "1001");

        assertEquals(Verdict.CREATED, learn("readers", mug, MORNING));

        Product product = find("readers", "MUG");
        assertEquals(mug, product.content());
        assertEquals(1, product.version());
        assertEquals(MORNING, product.createdAt());
    }

    @Test
    void countsChangesAndNothingElse() {
        learn("counters", product("MUG", List.of(GTIN), "1001"), MORNING);

        assertEquals(Verdict.UNCHANGED, learn("counters", product("MUG", List.of(GTIN), "1001"), EVENING));
        assertEquals(MORNING, find("counters", "MUG").updatedAt());

        assertEquals(Verdict.UPDATED, learn("counters", product("MUG", List.of(), "1001"), EVENING));
        assertEquals(2, find("counters", "MUG").version());
        assertEquals(EVENING, find("counters", "MUG").updatedAt());
        assertEquals(MORNING, find("counters", "MUG").createdAt());
    }

    @Test
    void writesTheRestOfABatchWhenOneIsRefused() {
        learn("batches", product("MUG", List.of(GTIN), "1001"), MORNING);

        Map<Sku, Decision> decisions = in(products -> products.learn(
                "batches", List.of(product("CUP", List.of(GTIN), "1002"), product("JAR", List.of(), "1003")), MORNING));

        assertEquals(Verdict.GTIN_TAKEN, decisions.get(new Sku("CUP")).verdict());
        assertEquals(Verdict.CREATED, decisions.get(new Sku("JAR")).verdict());
        assertEquals(Set.of("MUG", "JAR"), knownAmong("batches", "MUG", "CUP", "JAR"));
    }

    @Test
    void releasesAGtinForAnotherProduct() {
        learn("movers", product("MUG", List.of(GTIN), "1001"), MORNING);
        learn("movers", product("MUG", List.of(), "1001"), MORNING);

        assertEquals(Verdict.CREATED, learn("movers", product("CUP", List.of(GTIN), "1002"), MORNING));
    }

    @Test
    void answersTheBulkQuestionForOneTenantOnly() {
        learn("left", product("MUG", List.of(GTIN), "1001"), MORNING);
        learn("right", product("MUG", List.of(GTIN), "2001"), MORNING);
        Sku mug = new Sku("MUG");

        assertEquals(
                Map.of(mug, new ProductView(mug, List.of(GTIN), "2001", "Product MUG", true)),
                KnownProducts.bySku(database, "right", Set.of(mug, new Sku("CUP"))));
        assertEquals(Map.of(), KnownProducts.bySku(database, "middle", Set.of(mug)));
        assertEquals(Optional.empty(), in(products -> products.find("middle", mug)));
    }

    @Test
    void answersForABatchOf768SkusInOneQueryOfMilliseconds() {
        List<ProductContent> contents = new ArrayList<>();
        Set<Sku> asked = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            contents.add(product("SKU-" + i, List.of(gtin(i)), "E" + i));
            if (i % 13 == 0 && asked.size() < 768) {
                asked.add(new Sku("SKU-" + i));
            }
        }
        for (int i = 0; i < contents.size(); i += 1000) {
            List<ProductContent> batch = contents.subList(i, i + 1000);
            in(products -> products.learn("large", batch, MORNING));
        }
        long connecting = best(() -> database.query("select 1", row -> 1));
        long asking = best(() -> KnownProducts.bySku(database, "large", asked));

        assertEquals(768, KnownProducts.bySku(database, "large", asked).size());
        System.out.printf("768 SKUs of 10,000: %.1f ms, of which %.1f to connect%n", asking / 1e6, connecting / 1e6);
        // The planner's worst idea, without statistics, is a hundred times slower: a join that compares each row with
        // each.
        assertTrue(asking < 10 * connecting, () -> asking + " ns against " + connecting);
    }

    private static long best(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 30; i++) {
            long started = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - started);
        }
        return best;
    }

    @Test
    void booksAChannelUnderThePartnerSetLast() {
        assertEquals(1, account("shops", "web", "C100", MORNING).version());
        assertEquals(1, account("shops", "web", "C100", EVENING).version());
        SalesAccount changed = account("shops", "web", "C200", EVENING);
        account("others", "web", "C300", MORNING);

        assertEquals(2, changed.version());
        assertEquals(EVENING, changed.updatedAt());
        assertEquals(
                Map.of("web", new SalesAccountView("web", "C200", "Example Home", "HQ")),
                KnownSalesAccounts.byChannel(database, "shops", Set.of("web", "pos")));
    }

    private static ProductContent product(String sku, List<Gtin> gtins, String erpItem) {
        return new ProductContent(new Sku(sku), gtins, erpItem, "Product " + sku, true);
    }

    private static Gtin gtin(int number) {
        String body = String.format("400%09d", number);
        for (int check = 0; ; check++) {
            if (Gtin.isValid(body + check)) {
                return new Gtin(body + check);
            }
        }
    }

    private static Verdict learn(String tenant, ProductContent content, Instant now) {
        return in(products -> products.learn(tenant, List.of(content), now))
                .get(content.sku())
                .verdict();
    }

    private static Set<String> knownAmong(String tenant, String... skus) {
        Set<Sku> asked = new HashSet<>();
        for (String sku : skus) {
            asked.add(new Sku(sku));
        }
        Set<String> known = new HashSet<>();
        KnownProducts.bySku(database, tenant, asked).keySet().forEach(sku -> known.add(sku.value()));
        return known;
    }

    private static Product find(String tenant, String sku) {
        return in(products -> {
            Product product = products.find(tenant, new Sku(sku)).orElseThrow();
            product.content();
            return product;
        });
    }

    private static <T> T in(Function<KnownProducts, T> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            T result = work.apply(new KnownProducts(entities, database));
            entities.getTransaction().commit();
            return result;
        }
    }

    private static SalesAccount account(String tenant, String channel, String erpPartner, Instant now) {
        try (EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            SalesAccount account =
                    new KnownSalesAccounts(entities).bookUnder(tenant, channel, erpPartner, "Example Home", "HQ", now);
            entities.getTransaction().commit();
            return account;
        }
    }
}
