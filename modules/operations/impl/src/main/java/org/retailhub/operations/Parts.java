package org.retailhub.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The module's plain classes for CDI. */
@ApplicationScoped
public class Parts {
    @Produces
    @Singleton
    public Traces traces(Modules modules) {
        return new Traces(modules);
    }
}
