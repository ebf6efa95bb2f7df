package org.retailhub.masterdata.rest;

import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.platform.runtime.openapi.ModuleDocument;

/** This module's part of the API document; named in {@code microprofile-config.properties}. */
public final class MasterDataDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        ModuleDocument.of(
                        "masterdata",
                        "Products, customers, places, tax codes, and the ERP's accounts of sales channels",
                        new MasterDataApplication(),
                        MasterDataError.values())
                .complete(document);
    }
}
