package org.retailhub.masterdata;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import org.retailhub.masterdata.api.SalesAccountView;
import org.retailhub.masterdata.api.SalesAccounts;
import org.retailhub.masterdata.domain.KnownSalesAccounts;
import org.retailhub.platform.runtime.sql.Database;

/** One read outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(SalesAccounts.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SalesAccountsBean implements SalesAccounts {
    @Inject
    private Database database;

    @Override
    public Map<String, SalesAccountView> byChannel(String tenant, Set<String> channels) {
        return KnownSalesAccounts.byChannel(database, tenant, channels);
    }
}
