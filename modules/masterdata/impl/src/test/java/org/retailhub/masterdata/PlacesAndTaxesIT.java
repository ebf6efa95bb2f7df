package org.retailhub.masterdata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.masterdata.api.Fulfilment;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.masterdata.api.TaxCodeView;
import org.retailhub.masterdata.domain.LocationContent;
import org.retailhub.masterdata.domain.TaxCodeContent;
import org.retailhub.platform.kernel.Money;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.OneConnection;

/** Places and tax codes in the migrated schema, as the application role. */
class PlacesAndTaxesIT {
    private static final Instant MORNING = Instant.parse("2026-11-25T08:00:00.123456Z");
    private static final Instant EVENING = Instant.parse("2026-11-25T20:00:00.123456Z");
    private static TemporaryPostgres postgres;
    private static OneConnection connection;
    private static Database database;
    private static KnownLocations locations;
    private static KnownTaxCodes taxCodes;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        connection = new OneConnection(postgres.url("masterdata_app"));
        database = new Database(connection);
        AuditTrail audit = new AuditTrail(database, new Ulid(Clock.systemUTC()));
        locations = new KnownLocations(database, audit);
        taxCodes = new KnownTaxCodes(database, audit);
    }

    @AfterAll
    static void stop() {
        connection.close();
        postgres.close();
    }

    @Test
    void learnsPlacesAndCountsChangesAndNothingElse() {
        LocationContent kassel = place("S2", "Kassel", true);
        assertEquals(
                Map.of("S1", 1L, "S2", 1L),
                locations.learn("acme", List.of(kassel, place("S1", "Bonn", true)), "acme-web", MORNING));

        assertEquals(
                Map.of("S1", 2L),
                locations.learn("acme", List.of(kassel, place("S1", "Bonn", false)), "acme-web", EVENING));
        assertEquals(kassel, locations.find("acme", "S2").orElseThrow().content());
        assertEquals(MORNING, locations.find("acme", "S2").orElseThrow().updatedAt());
        assertEquals(EVENING, locations.find("acme", "S1").orElseThrow().updatedAt());
        assertEquals(
                List.of(
                        "location-changed location S1 version 2",
                        "location-created location S1 version 1",
                        "location-created location S2 version 1"),
                audit("acme", "location"));
    }

    @Test
    void answersForOneTenantAndOnlyActivePlacesAreCandidates() {
        locations.learn("left", List.of(place("S1", "Bonn", true), place("S2", "Kassel", false)), "x", MORNING);
        locations.learn("right", List.of(place("S1", "Trier", true)), "x", MORNING);

        assertEquals(
                List.of("Bonn"),
                locations.active("left").stream().map(LocationView::name).toList());
        assertEquals(Set.of("S1"), locations.views("right", Set.of("S1", "S2")).keySet());
    }

    @Test
    void keepsHowAPlaceSends() {
        LocationContent plain = place("S1", "Bonn", true);
        Fulfilment fulfilment = new Fulfilment(
                Set.of("silver", "gold"),
                Money.of("4.90", "EUR"),
                2,
                120,
                "V-1",
                Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY),
                LocalDate.of(2026, 12, 24),
                LocalDate.of(2027, 1, 2),
                "Europe/Berlin");
        LocationContent sending = new LocationContent(
                "S1", "supplier", "Bonn", "HQ", null, null, null, null, null, null, null, null, true, fulfilment);
        locations.learn("sends", List.of(plain), "x", MORNING);
        assertEquals(Map.of("S1", 2L), locations.learn("sends", List.of(sending), "x", EVENING));
        assertEquals(Map.of(), locations.learn("sends", List.of(sending), "x", EVENING));
        assertEquals(
                fulfilment, locations.views("sends", Set.of("S1")).get("S1").fulfilment());
        assertEquals(sending, locations.find("sends", "S1").orElseThrow().content());
        assertEquals(Map.of("S1", 3L), locations.learn("sends", List.of(plain), "x", EVENING));
        assertEquals(Fulfilment.UNSAID, locations.active("sends").get(0).fulfilment());
    }

    @Test
    void listsPageByPage() {
        locations.learn(
                "pages", List.of(place("S3", "c", true), place("S1", "a", true), place("S2", "b", true)), "x", MORNING);

        assertEquals(List.of("S1", "S2"), ids(locations.page("pages", "", 2)));
        assertEquals(List.of("S3"), ids(locations.page("pages", "S2", 2)));
    }

    @Test
    void learnsTaxCodes() {
        TaxCodeContent v20 = tax("V20", "20", LocalDate.of(2026, 1, 1));
        assertEquals(
                Map.of("V20", 1L, "V0", 1L),
                taxCodes.learn("acme", List.of(v20, tax("V0", "0", null)), "acme-web", MORNING));
        assertEquals(
                Map.of(), taxCodes.learn("acme", List.of(tax("V20", "20.0", LocalDate.of(2026, 1, 1))), "x", EVENING));
        assertEquals(Map.of("V20", 2L), taxCodes.learn("acme", List.of(tax("V20", "19", null)), "acme-web", EVENING));

        assertEquals(
                tax("V20", "19", null),
                taxCodes.find("acme", "V20").orElseThrow().content());
        assertEquals(
                Map.of("V0", new TaxCodeView("V0", new BigDecimal("0.0000"), "GB", null, "I-V0", true)),
                taxCodes.views("acme", Set.of("V0", "none")));
        assertEquals(
                List.of("V0"),
                taxCodes.page("acme", "", 1).stream()
                        .map(each -> each.content().code())
                        .toList());
        assertEquals(
                List.of("V20"),
                taxCodes.page("acme", "V0", 2).stream()
                        .map(each -> each.content().code())
                        .toList());
        assertEquals(Map.of(), taxCodes.views("other", Set.of("V0")));
        assertEquals(3, audit("acme", "tax-code").size());
    }

    private static List<String> ids(List<KnownLocations.Stored> page) {
        return page.stream().map(each -> each.content().id()).toList();
    }

    private static List<String> audit(String tenant, String kind) {
        return database.query(
                "select action || ' ' || subject || ' ' || detail from audit_entry where tenant = ? and action like ? || '%'"
                        + " order by 1",
                row -> row.getString(1), tenant, kind);
    }

    private static LocationContent place(String id, String name, boolean active) {
        return new LocationContent(
                id,
                "store",
                name,
                "HQ",
                "WH-" + id,
                null,
                name,
                null,
                null,
                "DE",
                new BigDecimal("51.3"),
                new BigDecimal("9.5"),
                active,
                Fulfilment.UNSAID);
    }

    private static TaxCodeContent tax(String code, String rate, LocalDate from) {
        return new TaxCodeContent(code, "Tax " + code, new BigDecimal(rate), "GB", null, "I-" + code, from, true);
    }
}
