package org.retailhub.platform.runtime.rest;

import java.lang.reflect.Method;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a route is called: in the API document, in quotas and in their header fields. */
public final class Route {
    private Route() {}

    /** The {@code operationId}; the method's own name where none is given. */
    public static String nameOf(Method method) {
        Operation operation = method.getAnnotation(Operation.class);
        return operation == null || operation.operationId().isEmpty() ? method.getName() : operation.operationId();
    }
}
