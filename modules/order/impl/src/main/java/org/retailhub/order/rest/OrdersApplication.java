package org.retailhub.order.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;
import org.retailhub.platform.runtime.hospital.HospitalResource;
import org.retailhub.platform.runtime.rest.RestBasics;
import org.retailhub.platform.runtime.sent.SentMessagesResource;

/** The module's API under {@code /api/order/v1}. */
@ApplicationPath("/v1")
public class OrdersApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RestBasics.PROVIDERS);
        classes.add(HospitalResource.class);
        classes.add(PlacementResource.class);
        classes.add(OrdersResource.class);
        classes.add(LateOrdersResource.class);
        classes.add(PoliciesResource.class);
        classes.add(OrderSourcingResource.class);
        classes.add(ShipmentsResource.class);
        classes.add(SourcingRulesResource.class);
        classes.add(SourcingSimulationsResource.class);
        classes.add(SentMessagesResource.class);
        classes.add(TaxRulesResource.class);
        return classes;
    }
}
