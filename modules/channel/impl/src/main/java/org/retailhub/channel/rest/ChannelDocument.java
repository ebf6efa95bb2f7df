package org.retailhub.channel.rest;

import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.platform.runtime.openapi.ModuleDocument;

/** This module's part of the API document; named in {@code microprofile-config.properties}. */
public final class ChannelDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        ModuleDocument.of(
                        "channel",
                        "Connections to sales channels and what comes in by them",
                        new ChannelApplication(),
                        ChannelError.values())
                .complete(document);
    }
}
