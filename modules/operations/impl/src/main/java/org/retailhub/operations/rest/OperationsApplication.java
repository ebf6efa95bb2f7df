package org.retailhub.operations.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;
import org.retailhub.platform.runtime.rest.RestBasics;

/** {@code /api/operations/v1}. */
@ApplicationPath("/v1")
public class OperationsApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RestBasics.PROVIDERS);
        classes.add(TraceResource.class);
        classes.add(BalanceResource.class);
        classes.add(HealthResource.class);
        return classes;
    }
}
