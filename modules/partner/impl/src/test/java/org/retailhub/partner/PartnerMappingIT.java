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
import java.time.Duration;
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
import org.retailhub.partner.PartnerOnboarding.Rotation;
import org.retailhub.partner.api.Scopes;
import org.retailhub.partner.domain.ApiKey;
import org.retailhub.partner.domain.AuditEntry;
import org.retailhub.partner.domain.AuditTrail;
import org.retailhub.partner.domain.Credential;
import org.retailhub.partner.domain.Credentials;
import org.retailhub.partner.domain.Partner;
import org.retailhub.partner.domain.Partners;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.sql.Database;

/** The persistence unit against the migrated schema, as the application role; Hibernate validates when it starts. */
class PartnerMappingIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
    private static final String ACTOR = "night shift";
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
        Registration first = in(onboarding -> onboarding.register(ACTOR, "acme", "acme", "Acme"));
        Registration again = in(onboarding -> onboarding.register(ACTOR, "acme", "acme", "Acme"));
        Registration other = in(onboarding -> onboarding.register(ACTOR, "acme", "other", "Acme"));

        assertTrue(assertInstanceOf(Registration.Registered.class, first).isNew());
        assertFalse(assertInstanceOf(Registration.Registered.class, again).isNew());
        assertEquals(
                List.of("tenant"),
                assertInstanceOf(Registration.Differs.class, other).fields());
    }

    @Test
    void tellsTheGateWhoseKeyItIsUntilItIsRevoked() {
        in(onboarding -> onboarding.register(ACTOR, "till", "shop", "Till"));
        Issue.Issued issued = issue("till", "front", Set.of(Scopes.ORDERS_WRITE, Scopes.ORDERS_READ), Set.of("pos"));
        CallerLookup lookup = new CallerLookup(new Database(dataSource), CLOCK);

        assertEquals(
                Optional.of(new CallerLookup.Found(
                        issued.credential().id(),
                        new CallContext(
                                "till", "shop", Set.of(Scopes.ORDERS_WRITE, Scopes.ORDERS_READ), Set.of("pos"), ""))),
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
        in(onboarding -> onboarding.register(ACTOR, "web", "web", "Web"));
        Issue.Issued first = issue("web", "main", Set.of(Scopes.ORDERS_WRITE), Set.of());

        Issue second = in(onboarding -> onboarding.issue(ACTOR, "web", "main", Set.of(Scopes.ORDERS_WRITE), Set.of()))
                .orElseThrow();
        assertEquals(new Issue.NameTaken(first.credential().id()), second);

        revoke("web", first);
        Issue.Issued third = issue("web", "main", Set.of(Scopes.ORDERS_WRITE), Set.of());
        assertFalse(Arrays.equals(first.key().sha256(), third.key().sha256()));
    }

    @Test
    void doesNotRevokeAnotherPartnersKey() {
        in(onboarding -> onboarding.register(ACTOR, "one", "one", "One"));
        in(onboarding -> onboarding.register(ACTOR, "two", "two", "Two"));
        Issue.Issued issued = issue("one", "main", Set.of(Scopes.ORDERS_READ), Set.of());

        assertFalse(revoke("two", issued));
        assertTrue(new CallerLookup(new Database(dataSource), CLOCK)
                .byKeyHash(issued.key().sha256())
                .isPresent());
    }

    @Test
    void readsBackWhatWasWritten() {
        in(onboarding -> onboarding.register(ACTOR, "zeta", "zeta", "Zeta"));
        issue("zeta", "main", Set.of(Scopes.ORDERS_READ), Set.of("b", "a"));

        try (EntityManager entities = factory.createEntityManager()) {
            Credential credential = new Credentials(entities).allOf("zeta").get(0);
            assertEquals(List.of("a", "b"), credential.channels());
            assertEquals(CLOCK.instant(), credential.createdAt());
            assertTrue(credential.isLive(CLOCK.instant()));
            List<Partner> page = new Partners(entities).page("yyy", 10);
            assertArrayEquals(
                    new Object[] {"zeta"}, page.stream().map(Partner::code).toArray());
        }
    }

    @Test
    void rotatesWithOverlapAndTheOldKeyEndsAtTheStatedTime() {
        in(onboarding -> onboarding.register(ACTOR, "rota", "rota", "Rota"));
        Issue.Issued first = issue("rota", "main", Set.of(Scopes.ORDERS_READ), Set.of("shop"));

        Rotation.Rotated rotated = rotate("rota", first.credential().id(), Duration.ofHours(1));

        Instant end = CLOCK.instant().plus(Duration.ofHours(1));
        assertEquals(Optional.of(end), rotated.old().endsAt());
        assertEquals(Optional.of(first.credential().id()), rotated.fresh().replaces());
        CallContext caller = callerAt(CLOCK.instant(), first).orElseThrow();
        assertEquals(Optional.of(caller), callerAt(CLOCK.instant(), rotated.key()), "same rights");
        assertEquals(Optional.of(caller), callerAt(end.minusMillis(1), first), "the last moment of the overlap");
        assertEquals(Optional.empty(), callerAt(end, first));
        assertEquals(Optional.of(caller), callerAt(end.plus(Duration.ofDays(300)), rotated.key()));
    }

    @Test
    void rotatesOnlyTheCurrentKeyAndNamesTheSuccessor() {
        in(onboarding -> onboarding.register(ACTOR, "rotb", "rotb", "Rotb"));
        Issue.Issued first = issue("rotb", "main", Set.of(Scopes.ORDERS_READ), Set.of());
        Rotation.Rotated second = rotate("rotb", first.credential().id(), Duration.ZERO);
        assertEquals(Optional.empty(), callerAt(CLOCK.instant(), first), "no overlap");

        assertEquals(
                new Rotation.NotCurrent(Optional.of(second.fresh().id())),
                in(onboarding -> onboarding.rotate(
                                ACTOR, "rotb", first.credential().id(), Duration.ZERO))
                        .orElseThrow());
        assertEquals(
                new Issue.NameTaken(second.fresh().id()),
                in(onboarding -> onboarding.issue(ACTOR, "rotb", "main", Set.of(Scopes.ORDERS_READ), Set.of()))
                        .orElseThrow());
        in(onboarding -> onboarding.revoke(ACTOR, "rotb", second.fresh().id()));
        assertEquals(
                new Rotation.NotCurrent(Optional.empty()),
                in(onboarding -> onboarding.rotate(ACTOR, "rotb", second.fresh().id(), Duration.ZERO))
                        .orElseThrow());
        assertEquals(Optional.empty(), in(onboarding -> onboarding.rotate(ACTOR, "rotb", "nothing", Duration.ZERO)));
    }

    @Test
    void everyDeedIsAuditedOnceAndNoKeyIsInIt() {
        in(onboarding -> onboarding.register(ACTOR, "aud", "aud", "Aud"));
        in(onboarding -> onboarding.register(ACTOR, "aud", "aud", "Aud"));
        Issue.Issued first = assertInstanceOf(
                Issue.Issued.class,
                in(later(1), onboarding -> onboarding.issue(ACTOR, "aud", "main", Set.of(Scopes.ORDERS_READ), Set.of()))
                        .orElseThrow());
        String id = first.credential().id();
        Rotation.Rotated rotated = assertInstanceOf(
                Rotation.Rotated.class,
                in(later(2), onboarding -> onboarding.rotate(ACTOR, "aud", id, Duration.ofDays(1)))
                        .orElseThrow());
        in(later(3), onboarding -> onboarding.revoke(ACTOR, "aud", id));
        in(later(4), onboarding -> onboarding.revoke(ACTOR, "aud", id));

        try (EntityManager entities = factory.createEntityManager()) {
            List<AuditEntry> entries = new AuditTrail(entities).page("aud", "", 10);
            assertEquals(
                    List.of("key-revoked", "key-rotated", "key-issued", "partner-registered"),
                    entries.stream().map(AuditEntry::action).toList());
            assertTrue(entries.stream().allMatch(each -> each.actor().equals(ACTOR)));
            assertEquals(first.credential().id(), entries.get(1).subject());
            assertEquals(
                    "ends 2026-11-24T10:00:02Z, successor " + rotated.fresh().id(),
                    entries.get(1).detail());
            assertTrue(entries.stream().noneMatch(each -> each.detail().contains("rh_")));
            assertEquals(
                    List.of("key-issued", "partner-registered"),
                    new AuditTrail(entities)
                            .page("aud", entries.get(1).id(), 10).stream()
                                    .map(AuditEntry::action)
                                    .toList());
        }
    }

    @Test
    void theApplicationCannotChangeTheAudit() {
        Database database = new Database(dataSource);
        assertThrows(RetailException.class, () -> database.update("update audit_entry set actor = 'nobody'"));
        assertThrows(RetailException.class, () -> database.update("delete from audit_entry"));
    }

    @Test
    void writesTheLastUseOfManyRequestsAtOnce() {
        in(onboarding -> onboarding.register(ACTOR, "used", "used", "Used"));
        Issue.Issued main = issue("used", "main", Set.of(Scopes.ORDERS_READ), Set.of());
        Issue.Issued idle = issue("used", "idle", Set.of(Scopes.ORDERS_READ), Set.of());
        LastUse lastUse = new LastUse(new Database(dataSource), CLOCK);

        for (int i = 0; i < 1_000; i++) {
            lastUse.note(main.credential().id());
        }
        assertEquals(Optional.empty(), lastUseOf("used", main), "nothing is written by a use");
        assertEquals(LastUse.PAUSE, lastUse.step().pause());
        assertEquals(Optional.of(CLOCK.instant()), lastUseOf("used", main));
        assertEquals(Optional.empty(), lastUseOf("used", idle));

        LastUse behind = new LastUse(new Database(dataSource), Clock.offset(CLOCK, Duration.ofSeconds(-10)));
        behind.note(main.credential().id());
        behind.step();
        assertEquals(Optional.of(CLOCK.instant()), lastUseOf("used", main), "the latest of all nodes stays");
        revoke("used", main);
        assertEquals(Optional.of(CLOCK.instant()), lastUseOf("used", main));
    }

    @Test
    void refusesAnEntityThatTheSchemaDoesNotHave() {
        PGSimpleDataSource elsewhere = new PGSimpleDataSource();
        elsewhere.setUrl(postgres.url("erp_app"));

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
                in(onboarding -> onboarding.issue(ACTOR, partner, name, scopes, channels))
                        .orElseThrow());
    }

    private static Rotation.Rotated rotate(String partner, String credential, Duration overlap) {
        return assertInstanceOf(
                Rotation.Rotated.class,
                in(onboarding -> onboarding.rotate(ACTOR, partner, credential, overlap))
                        .orElseThrow());
    }

    private static Optional<CallContext> callerAt(Instant time, Issue.Issued issued) {
        return callerAt(time, issued.key());
    }

    private static Optional<CallContext> callerAt(Instant time, ApiKey key) {
        return new CallerLookup(new Database(dataSource), Clock.fixed(time, ZoneOffset.UTC))
                .byKeyHash(key.sha256())
                .map(CallerLookup.Found::caller);
    }

    private static Optional<Instant> lastUseOf(String partner, Issue.Issued issued) {
        try (EntityManager entities = factory.createEntityManager()) {
            return new Credentials(entities)
                    .allOf(partner).stream()
                            .filter(each -> each.id().equals(issued.credential().id()))
                            .findFirst()
                            .orElseThrow()
                            .lastUsedAt();
        }
    }

    private static boolean revoke(String partner, Issue.Issued issued) {
        Boolean found = in(onboarding ->
                onboarding.revoke(ACTOR, partner, issued.credential().id()));
        return found;
    }

    /** One transaction, as the REST resource opens it. */
    private static <T> T in(Function<PartnerOnboarding, T> work) {
        return in(CLOCK, work);
    }

    private static Clock later(int seconds) {
        return Clock.offset(CLOCK, Duration.ofSeconds(seconds));
    }

    private static <T> T in(Clock clock, Function<PartnerOnboarding, T> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            T result = work.apply(new PartnerOnboarding(
                    new Partners(entities),
                    new Credentials(entities),
                    new AuditTrail(entities),
                    clock,
                    new SecureRandom()));
            entities.getTransaction().commit();
            return result;
        }
    }
}
