package org.retailhub.inventory.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.platform.runtime.openapi.ModuleDocument;

/** This module's part of the API document; named in {@code microprofile-config.properties}. */
public final class InventoryDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSchema(
                        "Decimal",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.STRING)
                                .addType(Schema.SchemaType.NUMBER)
                                .description("An exact decimal, as text or as a JSON number: never read through binary")
                                .examples(List.of("12.30", 2)));
        ModuleDocument.of(
                        "inventory",
                        "Stock: what moved, what can be sold, what is held",
                        new InventoryApplication(),
                        InventoryError.values())
                .complete(document);
    }
}
