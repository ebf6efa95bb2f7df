package org.retailhub.platform.runtime.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** What the API document says about quotas: what an operation is counted as, and the header fields that say what is left. */
final class RateLimits {
    private static final String COMPONENTS = "#/components/headers/";

    private RateLimits() {}

    static void describe(Components components) {
        components.addHeader(
                "RateLimitPolicy",
                header(
                        "The partner's quota for this operation: q calls in w seconds, over all nodes together.",
                        "\"placeOrder\";q=1000;w=10"));
        components.addHeader(
                "RateLimit",
                header(
                        "What is left of it: r calls; in t seconds all of it, if nobody calls. Not sent to operators.",
                        "\"placeOrder\";r=998;t=1"));
    }

    /** @param routeClass what the operation is counted as */
    static void announce(Operation operation, String routeClass) {
        operation.addExtension("x-quota", routeClass);
        operation.setDescription(operation.getDescription() + " Quota: `" + routeClass + "`.");
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                announce(response);
            }
        });
    }

    static void announce(APIResponse response) {
        response.addHeader("RateLimit-Policy", OASFactory.createHeader().ref(COMPONENTS + "RateLimitPolicy"));
        response.addHeader("RateLimit", OASFactory.createHeader().ref(COMPONENTS + "RateLimit"));
    }

    private static Header header(String description, String example) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING))
                .example(example);
    }
}
