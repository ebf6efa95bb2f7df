package org.retailhub.masterdata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.masterdata.ErpMasters.Claim;
import org.retailhub.masterdata.ErpMasters.Said;
import org.retailhub.masterdata.api.LearnMaster;
import org.retailhub.masterdata.domain.ErpMaster;
import org.retailhub.masterdata.domain.MasterKind;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.OneConnection;

/** What ERPs say of their masters, in the migrated schema as the application role. */
class ErpMastersIT {
    private static final Instant MORNING = Instant.parse("2026-11-28T08:00:00Z");
    private static TemporaryPostgres postgres;
    private static OneConnection connection;
    private static Database database;
    private static ErpMasters masters;

    private String tenant;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        connection = new OneConnection(postgres.url("masterdata_app"));
        database = new Database(connection);
        masters = new ErpMasters(database, new AuditTrail(database, new Ulid(Clock.systemUTC())), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        connection.close();
        postgres.close();
    }

    @BeforeEach
    void tenantOfItsOwn(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void anItemThatNobodyKnowsBecomesAProductWithItsGtin() {
        learn(item("1", "T-1", "MUG-BLUE", "4006381333931", 1, true), item("2", "T-2", null, null, 1, true));
        assertEquals(List.of("MUG-BLUE T-1 true 1", "T-2 T-2 true 1"), products());
        assertEquals(
                List.of("04006381333931 4006381333931 MUG-BLUE"),
                texts("select comparable || ' ' || value || ' ' || sku from identifier where tenant = ?"));
        assertEquals(
                List.of("erp idempiere product-created product MUG-BLUE", "erp idempiere product-created product T-2"),
                texts(
                        "select actor || ' ' || action || ' ' || subject from audit_entry where tenant = ? order by subject"));
    }

    @Test
    void theErpOwnsKeyNameAndUseOfItsOwnAndNothingElse() {
        taught("MUG-BLUE", "OLD", "Mug, blue, of the channel", true);
        database.update(
                "insert into identifier (tenant, kind, comparable, value, sku) values (?, 'gtin', '00000040063812', '40063812', 'MUG-BLUE')",
                tenant);
        commit();
        learn(item("1", "T-1", "MUG-BLUE", "4006381333931", 1, true));
        assertEquals(List.of("MUG-BLUE T-1 true 2"), products());
        assertEquals(List.of("Item"), texts("select name from product where tenant = ?"));
        assertEquals(List.of("2"), texts("select count(*)::text from identifier where tenant = ?"));
    }

    @Test
    void productsThatShareAnItemKeepTheirNamesFollowItAndNoneIsAddedBesideThem() {
        taught("MUG-1", "T-1", "one", true);
        taught("MUG-2", "T-1", "two", true);
        learn(item("1", "T-1", null, null, 1, false));
        assertEquals(List.of("MUG-1 T-1 false 2", "MUG-2 T-1 false 2"), products());
        learn(item("1", "T-1", null, null, 2, true));
        assertEquals(List.of("MUG-1 T-1 true 3", "MUG-2 T-1 true 3"), products());
        assertEquals(List.of("one", "two"), texts("select name from product where tenant = ? order by sku"));
    }

    @Test
    void aSearchKeyThatTheErpChangesGoesOnUnderTheNewOne() {
        taught("MUG-1", "T-1", "one", true);
        learn(item("1", "T-1", null, null, 1, true), item("2", "T-2", null, null, 1, true));
        learn(item("1", "T-9", null, null, 2, true), item("2", "T-3", null, null, 2, true));
        assertEquals(List.of("MUG-1 T-9 true 2", "T-2 T-3 true 2"), products());
        learn(item("3", "T-2", null, null, 1, true));
        assertEquals(List.of("MUG-1 T-9 true 2", "T-2 T-2 true 3"), products(), "the ERP gave the key to another");
    }

    @Test
    void anItemThatIsMappedElsewhereByItsOwnKeyIsNotMovedByTheOther() {
        taught("MUG", "T-2", "mapped", true);
        learn(item("2", "T-2", null, null, 1, true), item("1", "T-1", "MUG", null, 1, true));
        assertEquals(List.of("MUG T-1 true 2"), products());
    }

    @Test
    void whatSomebodyElseMadeInactiveStaysSo() {
        taught("MUG-1", "T-1", "one", false);
        learn(item("1", "T-1", null, null, 1, true));
        assertEquals(List.of("MUG-1 T-1 false 1"), products());
    }

    @Test
    void theSameOrAnOlderMessageChangesNothing() {
        learn(item("1", "T-1", "MUG", null, 2, false));
        learn(item("1", "T-1", "MUG", null, 1, true));
        learn(item("1", "T-1", "MUG", null, 2, true));
        assertEquals(List.of("MUG T-1 false 1"), products());
        assertEquals(List.of("1"), texts("select count(*)::text from audit_entry where tenant = ?"));
    }

    @Test
    void whatIsToldAgainUnchangedChangesNothing() {
        learn(
                item("1", "T-1", "MUG", "4006381333931", 1, true),
                master(LearnMaster.TAX_CODE, "5", "V20", 1, true, "20"));
        learn(
                item("1", "T-1", "MUG", "4006381333931", 2, true),
                master(LearnMaster.TAX_CODE, "5", "V20", 2, true, "20"));
        assertEquals(List.of("MUG T-1 true 1"), products());
        assertEquals(List.of("1"), texts("select version::text from tax_code where tenant = ?"));
    }

    @Test
    void aGtinThatAnotherProductHasStaysThere() {
        learn(item("1", "T-1", null, "4006381333931", 1, true));
        learn(item("2", "T-2", null, "4006381333931", 1, true));
        assertEquals(List.of("T-1"), texts("select sku from identifier where tenant = ?"));
    }

    @Test
    void aSkuGoesOnWithTheItemThatIsInUse() {
        learn(item("1", "T-1", "MUG", null, 1, false));
        learn(item("2", "T-2", "MUG", null, 1, true));
        assertEquals(List.of("MUG T-2 true 2"), products());
        learn(item("1", "T-1", "MUG", null, 2, false));
        assertEquals(List.of("MUG T-2 true 2"), products(), "what is out of use takes nothing back");
        assertEquals(Map.of("MUG", "idempiere/2"), masters.holders(tenant, MasterKind.ITEM, List.of("MUG", "T-1")));
        commit();
    }

    @Test
    void customersPlacesAndTaxCodesComeBackAndGoInactive() {
        learn(
                master(LearnMaster.CUSTOMER, "7", "C-1", 1, true, null),
                master(LearnMaster.LOCATION, "103", "HQ", 1, true, null),
                master(LearnMaster.TAX_CODE, "105", "V20", 1, true, "20"));
        assertEquals(
                List.of("C-1 C-1 true"),
                texts("select customer_id || ' ' || erp_partner || ' ' || active from customer where tenant = ?"));
        assertEquals(
                List.of("HQ HQ distribution-centre true"),
                texts(
                        "select location_id || ' ' || erp_warehouse || ' ' || kind || ' ' || active from location where tenant = ?"));
        assertEquals(
                List.of("V20 20.0000 true"),
                texts("select tax_code || ' ' || rate || ' ' || active from tax_code where tenant = ?"));
        learn(
                master(LearnMaster.CUSTOMER, "7", "C-1", 2, false, null),
                master(LearnMaster.LOCATION, "103", "HQ", 2, false, null),
                master(LearnMaster.TAX_CODE, "105", "V20", 2, false, "19"));
        assertEquals(List.of("false"), texts("select active::text from customer where tenant = ?"));
        assertEquals(List.of("false"), texts("select active::text from location where tenant = ?"));
        assertEquals(
                List.of("19.0000 false 2"),
                texts("select rate || ' ' || active || ' ' || version from tax_code where tenant = ?"));
        learn(
                master(LearnMaster.CUSTOMER, "7", "C-1", 3, true, null),
                master(LearnMaster.LOCATION, "103", "HQ", 3, true, null));
        assertEquals(List.of("true"), texts("select active::text from customer where tenant = ?"));
        assertEquals(List.of("true"), texts("select active::text from location where tenant = ?"));
        assertEquals(
                List.of(
                        "customer-changed",
                        "customer-changed",
                        "customer-created",
                        "location-changed",
                        "location-changed",
                        "location-created",
                        "tax-code-changed",
                        "tax-code-created"),
                texts("select action from audit_entry where tenant = ? order by action"));
    }

    @Test
    void whoWasErasedDoesNotComeBackByTheErp() {
        learn(master(LearnMaster.CUSTOMER, "7", "C-1", 1, true, null));
        database.update("update customer set erased_at = now(), active = false where tenant = ?", tenant);
        commit();
        learn(master(LearnMaster.CUSTOMER, "7", "C-1", 2, false, null));
        learn(master(LearnMaster.CUSTOMER, "7", "C-1", 3, true, null));
        assertEquals(List.of("false"), texts("select active::text from customer where tenant = ?"));
    }

    @Test
    void nobodyElseChangesWhatTheErpOwns() {
        learn(item("1", "T-1", "MUG", null, 1, true), item("2", "T-2", "CUP", null, 1, false));
        assertEquals(
                List.of("CUP active", "MUG erpItem"),
                contradicted(
                        MasterKind.ITEM,
                        new Claim("MUG", "T-9", "Item", null, true),
                        new Claim("CUP", "T-2", "Item", null, true),
                        new Claim("JAR", "T-9", "Jar", null, true)));
        assertEquals(List.of("MUG name"), contradicted(MasterKind.ITEM, new Claim("MUG", "T-1", "Mug", null, true)));
        assertEquals(
                List.of(),
                contradicted(
                        MasterKind.ITEM,
                        new Claim("MUG", "T-1", "Item", null, false),
                        new Claim("CUP", "T-2", "Item", null, false)),
                "not to sell it here is its seller's own");
        learn(
                master(LearnMaster.TAX_CODE, "5", "V20", 1, true, "20"),
                master(LearnMaster.CUSTOMER, "7", "C", 1, true, null));
        assertEquals(
                List.of("V20 rate"),
                contradicted(MasterKind.TAX_CODE, new Claim("V20", "V20", "Name", new BigDecimal("19"), true)));
        assertEquals(
                List.of(),
                contradicted(MasterKind.TAX_CODE, new Claim("V20", "V20", "Name", new BigDecimal("20.0"), true)));
        assertEquals(
                List.of("C erpPartner"), contradicted(MasterKind.CUSTOMER, new Claim("C", null, null, null, true)));
    }

    @Test
    void whatIsReleasedIsItsTeachersUntilTheErpSaysSomethingAgain() {
        learn(item("1", "T-1", "MUG", null, 1, true), master(LearnMaster.TAX_CODE, "5", "V20", 1, true, "20"));
        Claim other = new Claim("MUG", "T-1", "Mug", null, true);
        assertEquals(List.of("MUG name"), contradicted(MasterKind.ITEM, other));
        assertEquals(1, masters.release(tenant, MasterKind.ITEM, "operator"));
        commit();
        assertEquals(List.of(), contradicted(MasterKind.ITEM, other));
        assertEquals(List.of("MUG T-1 true 1"), products());
        assertEquals(
                List.of("operator kind item 1 masters"),
                texts(
                        "select actor || ' ' || subject || ' ' || detail from audit_entry where tenant = ? and action like '%released'"));
        learn(item("1", "T-1", "MUG", null, 2, true));
        assertEquals(List.of("MUG name"), contradicted(MasterKind.ITEM, other));
    }

    private List<String> contradicted(MasterKind kind, Claim... claims) {
        ErpMasters.Taken<Integer> taken = masters.beside(tenant, kind, List.of(claims), each -> each, List::size);
        commit();
        assertEquals(claims.length, taken.learnt() + taken.contradicted().size());
        return taken.contradicted().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue().field())
                .sorted()
                .toList();
    }

    private void learn(Said... all) {
        masters.learn(tenant, List.of(all));
        commit();
    }

    private void taught(String sku, String item, String name, boolean active) {
        database.update(
                "insert into product (tenant, sku, erp_item, name, active, version, created_at, updated_at) values (?, ?, ?, ?, ?, 1, now(), now())",
                tenant,
                sku,
                item,
                name,
                active);
        commit();
    }

    private static Said item(
            String id, String value, @Nullable String sku, @Nullable String gtin, long sequence, boolean active) {
        return said(
                new LearnMaster("idempiere", LearnMaster.ITEM, id, MORNING, value, "Item", active, sku, gtin, null),
                sequence);
    }

    private static Said master(
            String kind, String id, String value, long sequence, boolean active, @Nullable String rate) {
        return said(
                new LearnMaster(
                        "idempiere",
                        kind,
                        id,
                        MORNING,
                        value,
                        "Name",
                        active,
                        null,
                        null,
                        rate == null ? null : new BigDecimal(rate)),
                sequence);
    }

    private static Said said(LearnMaster master, long sequence) {
        return new Said(Objects.requireNonNull(ErpMaster.read(master).valid()), sequence);
    }

    private List<String> products() {
        return texts(
                "select sku || ' ' || erp_item || ' ' || active || ' ' || version from product where tenant = ? order by sku");
    }

    private List<String> texts(String sql) {
        List<String> found = database.query(sql, row -> row.getString(1), tenant);
        commit();
        return found;
    }

    private static void commit() {
        connection.commit();
    }
}
