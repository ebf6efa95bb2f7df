package org.retailhub.platform.runtime.rest;

import java.util.Set;

/** The providers that each module's JAX-RS application lists beside its own resources. */
public final class RestBasics {
    public static final Set<Class<?>> PROVIDERS = Set.of(
            ApiKeyGate.class,
            AddressGate.class,
            ProblemMappers.class,
            JsonProvider.class,
            LifecycleHeaders.class,
            LastAnswers.class);

    private RestBasics() {}
}
