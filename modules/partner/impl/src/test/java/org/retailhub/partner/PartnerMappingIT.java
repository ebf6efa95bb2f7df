package org.retailhub.partner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
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
import org.retailhub.partner.PartnerOnboarding.Issue;
import org.retailhub.partner.PartnerOnboarding.Registration;
import org.retailhub.partner.api.Scopes;
import org.retailhub.partner.domain.ApiKey;
import org.retailhub.partner.domain.Credential;
import org.retailhub.partner.domain.Credentials;
import org.retailhub.partner.domain.Partner;
import org.retailhub.partner.domain.Partners;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.sql.Database;

/** The persistence unit against the migrated schema, as the application role; Hibernate validates when it starts. */
class PartnerMappingIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;
    private static EntityManagerFactory factory;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("partner_app"));
        factory = Persistence.createEntityManagerFactory(
                "partner",
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
    void registersOnceAndNamesWhatDiffersAfterwards() {
        Registration first = in(onboarding -> onboarding.register("acme", "acme", "Acme"));
        Registration again = in(onboarding -> onboarding.register("acme", "acme", "Acme"));
        Registration other = in(onboarding -> onboarding.register("acme", "other", "Acme"));

        assertTrue(assertInstanceOf(Registration.Registered.class, first).isNew());
        assertFalse(assertInstanceOf(Registration.Registered.class, again).isNew());
        assertEquals(
                List.of("tenant"),
                assertInstanceOf(Registration.Differs.class, other).fields());
    }

    @Test
    void tellsTheGateWhoseKeyItIsUntilItIsRevoked() {
        in(onboarding -> onboarding.register("till", "shop", "Till"));
        Issue.Issued issued = issue("till", "front", Set.of(Scopes.ORDERS_WRITE, Scopes.ORDERS_READ), Set.of("pos"));
        CallerLookup lookup = new CallerLookup(new Database(dataSource));

        assertEquals(
                Optional.of(new CallContext(
                        "till", "shop", Set.of(Scopes.ORDERS_WRITE, Scopes.ORDERS_READ), Set.of("pos"), "")),
                lookup.byKeyHash(issued.key().sha256()));
        assertEquals(
                Optional.empty(),
                lookup.byKeyHash(ApiKey.generate(new SecureRandom()).sha256()));

        assertTrue(revoke("till", issued));
        assertTrue(revoke("till", issued));
        assertEquals(Optional.empty(), lookup.byKeyHash(issued.key().sha256()));
    }

    @Test
    void keepsOneLiveKeyPerName() {
        in(onboarding -> onboarding.register("web", "web", "Web"));
        Issue.Issued first = issue("web", "main", Set.of(Scopes.ORDERS_WRITE), Set.of());

        Issue second = in(onboarding -> onboarding.issue("web", "main", Set.of(Scopes.ORDERS_WRITE), Set.of()))
                .orElseThrow();
        assertEquals(new Issue.NameTaken(first.credential().id()), second);

        revoke("web", first);
        Issue.Issued third = issue("web", "main", Set.of(Scopes.ORDERS_WRITE), Set.of());
        assertFalse(Arrays.equals(first.key().sha256(), third.key().sha256()));
    }

    @Test
    void doesNotRevokeAnotherPartnersKey() {
        in(onboarding -> onboarding.register("one", "one", "One"));
        in(onboarding -> onboarding.register("two", "two", "Two"));
        Issue.Issued issued = issue("one", "main", Set.of(Scopes.ORDERS_READ), Set.of());

        assertFalse(revoke("two", issued));
        assertTrue(new CallerLookup(new Database(dataSource))
                .byKeyHash(issued.key().sha256())
                .isPresent());
    }

    @Test
    void readsBackWhatWasWritten() {
        in(onboarding -> onboarding.register("zeta", "zeta", "Zeta"));
        issue("zeta", "main", Set.of(Scopes.ORDERS_READ), Set.of("b", "a"));

        try (EntityManager entities = factory.createEntityManager()) {
            Credential credential = new Credentials(entities).allOf("zeta").get(0);
            assertEquals(List.of("a", "b"), credential.channels());
            assertEquals(CLOCK.instant(), credential.createdAt());
            assertTrue(credential.isLive());
            List<Partner> page = new Partners(entities).page("yyy", 10);
            assertArrayEquals(
                    new Object[] {"zeta"}, page.stream().map(Partner::code).toArray());
        }
    }

    @Test
    void refusesAnEntityThatTheSchemaDoesNotHave() {
        PGSimpleDataSource elsewhere = new PGSimpleDataSource();
        elsewhere.setUrl(postgres.url("masterdata_app"));

        RuntimeException failure = assertThrows(
                RuntimeException.class,
                () -> Persistence.createEntityManagerFactory(
                        "partner",
                        Map.of(
                                "jakarta.persistence.transactionType",
                                "RESOURCE_LOCAL",
                                "jakarta.persistence.nonJtaDataSource",
                                elsewhere)));
        assertTrue(String.valueOf(failure.getCause()).contains("missing table"), () -> "" + failure.getCause());
    }

    private static Issue.Issued issue(String partner, String name, Set<String> scopes, Set<String> channels) {
        return assertInstanceOf(
                Issue.Issued.class,
                in(onboarding -> onboarding.issue(partner, name, scopes, channels))
                        .orElseThrow());
    }

    private static boolean revoke(String partner, Issue.Issued issued) {
        Boolean found =
                in(onboarding -> onboarding.revoke(partner, issued.credential().id()));
        return found;
    }

    /** One transaction, as the REST resource opens it. */
    private static <T> T in(Function<PartnerOnboarding, T> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            T result = work.apply(new PartnerOnboarding(
                    new Partners(entities), new Credentials(entities), CLOCK, new SecureRandom()));
            entities.getTransaction().commit();
            return result;
        }
    }
}
