package org.retailhub.platform.runtime.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/** Makes the server's JSON provider write as {@link StrictJson} does. */
@Provider
public final class JsonProvider implements ContextResolver<ObjectMapper> {
    @Override
    public ObjectMapper getContext(Class<?> type) {
        return StrictJson.mapper();
    }
}
