package org.retailhub.platform.runtime.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** What the API document says about reads that are answered as last time while the database is away. */
final class LastKnown {
    private static final String COMPONENTS = "#/components/headers/";

    private LastKnown() {}

    static void describe(Components components) {
        components.addHeader(
                "Age",
                header(
                        Schema.SchemaType.INTEGER,
                        "Only on an answer that is not of now: its age in seconds. The database does not answer.",
                        42));
        components.addHeader(
                "CacheStatus",
                header(
                        Schema.SchemaType.STRING,
                        "Comes with Age: why the answer is not of now.",
                        "retail-hub; hit; ttl=-42; detail=\"RUN-3001\""));
    }

    static void announce(Operation operation, int seconds) {
        operation.addExtension("x-may-be-old", seconds);
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.equals("200")) {
                response.addHeader("Age", OASFactory.createHeader().ref(COMPONENTS + "Age"));
                response.addHeader("Cache-Status", OASFactory.createHeader().ref(COMPONENTS + "CacheStatus"));
            }
        });
    }

    private static Header header(Schema.SchemaType type, String description, Object example) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().addType(type))
                .example(example);
    }
}
