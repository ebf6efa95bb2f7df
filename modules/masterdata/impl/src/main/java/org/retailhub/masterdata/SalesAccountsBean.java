package org.retailhub.masterdata;

import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.retailhub.masterdata.api.SalesAccountView;
import org.retailhub.masterdata.api.SalesAccounts;
import org.retailhub.masterdata.domain.KnownSalesAccounts;
import org.retailhub.platform.runtime.sql.Database;

/** One read outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(SalesAccounts.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SalesAccountsBean implements SalesAccounts {
    @Resource(lookup = "java:jboss/datasources/retail/masterdata")
    private DataSource dataSource;

    @Override
    public Map<String, SalesAccountView> byChannel(String tenant, Set<String> channels) {
        return KnownSalesAccounts.byChannel(new Database(dataSource), tenant, channels);
    }
}
