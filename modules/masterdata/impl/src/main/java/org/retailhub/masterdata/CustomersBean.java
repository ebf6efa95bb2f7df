package org.retailhub.masterdata;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import org.retailhub.masterdata.api.CustomerView;
import org.retailhub.masterdata.api.Customers;

/** One read outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(Customers.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CustomersBean implements Customers {
    @Inject
    private CustomerDesk customers;

    @Override
    public Map<String, CustomerView> byId(String tenant, Set<String> ids) {
        return customers.views(tenant, ids);
    }
}
