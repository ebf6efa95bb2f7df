package org.retailhub.channel.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.retailhub.channel.PayloadDoor;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.ChecksSignature;
import org.retailhub.platform.runtime.rest.Problem;

/** What channels send. The signature over the bytes is the credential; requests hold no thread while they wait for the commit. */
@Path("{connection}/webhooks")
@RequestScoped
@Tag(name = "channel", description = "Connections to sales channels and what comes in by them")
public class WebhooksResource {
    private static final Logger LOG = Logger.getLogger(WebhooksResource.class);
    private static final int MOST_BYTES = 2 << 20;

    @Inject
    private PayloadDoor door;

    @Context
    private HttpServletRequest request;

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @ChecksSignature
    @Operation(
            operationId = "receiveWebhook",
            summary = "Take what a channel sends",
            description =
                    "Stored as it came, then 200, whatever is inside; understood later. Safe to repeat: a delivery counts once."
                            + " 2 MiB at most.")
    @Parameter(
            name = "X-Shopify-Hmac-Sha256",
            in = ParameterIn.HEADER,
            description = "Shopify: HMAC-SHA256 over the body with the connection's secret, Base64",
            schema = @Schema(implementation = String.class))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "part of a Shopify order", value = "{\"id\":450789469}"),
                            schema =
                                    @Schema(
                                            type =
                                                    org.eclipse.microprofile.openapi.annotations.enums.SchemaType
                                                            .OBJECT)))
    @APIResponse(responseCode = "200", description = "Stored for good, now or before")
    @Problems({"CHN-2001", "RUN-1005", "RUN-1011"})
    public void receive(@Suspended AsyncResponse answer, @PathParam("connection") String connection, InputStream body) {
        String traceparent = ApiKeyGate.traceparent(request);
        Map<String, String> headers = headers();
        door.take(connection, name -> headers.get(name.toLowerCase(Locale.ROOT)), read(body), traceparent)
                .whenComplete((isNew, failure) -> answer.resume(
                        failure == null
                                ? Response.ok("{}", MediaType.APPLICATION_JSON_TYPE)
                                        .build()
                                : Problem.response(asRetail(failure), traceparent)));
    }

    /** A copy: the request is gone when the writers' thread answers. */
    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        request.getHeaderNames()
                .asIterator()
                .forEachRemaining(name -> headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        return headers;
    }

    static byte[] read(InputStream body) {
        try {
            byte[] read = body.readNBytes(MOST_BYTES + 1);
            if (read.length > MOST_BYTES) {
                throw new RetailException(RuntimeError.BODY_TOO_LARGE, "more than " + MOST_BYTES + " bytes");
            }
            return read;
        } catch (IOException e) {
            throw new RetailException(RuntimeError.MALFORMED_JSON, "the body ended early", e);
        }
    }

    /** What we did not foresee is logged here; what only our operators may know is not told. */
    private static RetailException asRetail(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof RetailException retail) {
            if (retail.code() == RuntimeError.DATABASE_DOWN) {
                return new RetailException(RuntimeError.DATABASE_DOWN, "send the same again", cause);
            }
            if (retail.code() != RuntimeError.BUG) {
                return retail;
            }
        }
        LOG.errorf(cause, "RUN-9999 a payload could not be stored");
        return new RetailException(RuntimeError.BUG, "see the trace id", cause);
    }
}
