package org.retailhub.erp.rest;

import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.retailhub.erp.api.ErpError;
import org.retailhub.platform.runtime.openapi.ModuleDocument;

/** This module's part of the API document; named in {@code microprofile-config.properties}. */
public final class ErpDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        ModuleDocument.of("erp", "What the ERPs have and say of each order", new ErpApplication(), ErpError.values())
                .complete(document);
    }
}
