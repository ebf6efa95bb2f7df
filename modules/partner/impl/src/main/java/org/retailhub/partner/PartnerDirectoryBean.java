package org.retailhub.partner;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.retailhub.partner.api.PartnerDirectory;
import org.retailhub.platform.kernel.Allowance;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Answers from the database each time: one index lookup. Caching, and its time limit, is the gate's.
 *
 * <p>Outside the caller's transaction, so that asking enlists nothing in it.
 */
@Stateless
@Local(PartnerDirectory.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PartnerDirectoryBean implements PartnerDirectory {
    @Inject
    private Database database;

    @Inject
    private Clock clock;

    @Inject
    private LastUse lastUse;

    @Inject
    private QuotaBook quotas;

    @Inject
    private Tokens tokens;

    @Override
    public Optional<CallContext> callerByToken(String token) {
        return tokens.callerOf(token);
    }

    @Override
    public Allowance draw(String partner, String routeClass, long calls) {
        return quotas.draw(partner, routeClass, calls);
    }

    @Override
    public Optional<CallContext> callerByKeyHash(byte[] sha256) {
        Optional<CallerLookup.Found> found = new CallerLookup(database, clock).byKeyHash(sha256);
        found.ifPresent(each -> lastUse.note(each.credential()));
        return found.map(CallerLookup.Found::caller);
    }
}
