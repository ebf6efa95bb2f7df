package org.retailhub.partner.rest;

import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.retailhub.partner.api.PartnerError;
import org.retailhub.platform.runtime.openapi.ModuleDocument;

/** This module's part of the API document; named in {@code microprofile-config.properties}. */
public final class PartnerDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        ModuleDocument.of(
                        "partner",
                        "Partners, tenants, API keys and quotas; for operators",
                        new PartnerApplication(),
                        PartnerError.values())
                .complete(document);
    }
}
