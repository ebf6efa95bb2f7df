package org.retailhub.operations.rest;

import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.retailhub.operations.api.OperationsError;
import org.retailhub.platform.runtime.openapi.ModuleDocument;

/** This module's part of the API document; named in {@code microprofile-config.properties}. */
public final class OperationsDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        ModuleDocument.of(
                        "operations",
                        "The trace of each order, the balance of what came in, health, metrics and alarms",
                        new OperationsApplication(),
                        OperationsError.values())
                .complete(document);
    }
}
