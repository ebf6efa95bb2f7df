package org.retailhub.erp.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.retailhub.platform.runtime.rest.StrictJson;

/** Bodies as their senders write them. */
final class Json {
    private Json() {}

    static String of(Object body) {
        try {
            return StrictJson.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
