package org.retailhub.partner;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.retailhub.partner.domain.AuditTrail;
import org.retailhub.partner.domain.Credentials;
import org.retailhub.partner.domain.Partners;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sql.Database;

/** Puts the module together: its repositories and use cases, for the doors to be injected. */
@ApplicationScoped
public class Parts {
    @PersistenceContext
    private EntityManager entities;

    @Produces
    @Singleton
    public Partners partners() {
        return new Partners(entities);
    }

    @Produces
    @Singleton
    public Credentials credentials() {
        return new Credentials(entities);
    }

    @Produces
    @Singleton
    public AuditTrail auditTrail() {
        return new AuditTrail(entities);
    }

    @Produces
    @Singleton
    public PartnerOnboarding onboarding(Partners partners, Credentials credentials, AuditTrail audit, Clock clock) {
        return new PartnerOnboarding(partners, credentials, audit, clock, new SecureRandom());
    }

    /** @throws org.retailhub.platform.kernel.RetailException if they are wanted by half */
    @Produces
    @Singleton
    public Tokens tokens(Database database, Clock clock) {
        CallerLookup lookup = new CallerLookup(database, clock);
        return OidcSettings.of(System::getenv)
                .<Tokens>map(settings -> new TokenCallers(settings, lookup::tenantOf, clock))
                .orElse(token -> Optional.empty());
    }

    @Produces
    @Singleton
    public QuotaBook quotaBook(Database database, Ulid ids, Clock clock) {
        return new QuotaBook(database, ids, clock);
    }

    @Produces
    @Singleton
    public LastUse lastUse(Database database, Clock clock) {
        return new LastUse(database, clock);
    }
}
