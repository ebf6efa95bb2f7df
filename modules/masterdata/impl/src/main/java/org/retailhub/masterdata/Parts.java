package org.retailhub.masterdata;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.retailhub.masterdata.domain.LookupHash;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sql.Database;

/** The module's plain classes for CDI. */
@ApplicationScoped
public class Parts {
    /** Finds people of whom nothing readable is kept; the one before it still finds while customers are learnt anew under it. */
    private static final String KEY = "RETAIL_MASTERDATA_LOOKUP_KEY";

    @Produces
    @Singleton
    public AuditTrail auditTrail(Database database, Ulid ids) {
        return new AuditTrail(database, ids);
    }

    @Produces
    @Singleton
    public CustomerDesk customerDesk(Database database, AuditTrail audit, Clock clock) {
        LookupHash hashes = new LookupHash(System.getenv(KEY), System.getenv(KEY + "_BEFORE"));
        return new CustomerDesk(new KnownCustomers(database), hashes, audit, clock);
    }

    @Produces
    @Singleton
    public ErpMasters erpMasters(Database database, AuditTrail audit, Clock clock) {
        return new ErpMasters(database, audit, clock);
    }

    @Produces
    @Singleton
    public KnownLocations locations(Database database, AuditTrail audit) {
        return new KnownLocations(database, audit);
    }

    @Produces
    @Singleton
    public KnownTaxCodes taxCodes(Database database, AuditTrail audit) {
        return new KnownTaxCodes(database, audit);
    }
}
