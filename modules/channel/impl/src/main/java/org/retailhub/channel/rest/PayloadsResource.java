package org.retailhub.channel.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.Payloads;
import org.retailhub.channel.RawPayload;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** What came in, as it came, for operators: buyers' names and addresses are in it. */
@Path("payloads")
@RequestScoped
@Tag(name = "channel")
public class PayloadsResource {
    private static final int MOST_LISTED = 200;

    /** Newest first. @param next give it as {@code before} for the next page; absent on the last */
    @Schema(name = "PayloadPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Payloads.Entry> items, @Nullable String next) {}

    @Inject
    private Payloads payloads;

    @Context
    private HttpServletRequest request;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "findPayloads",
            summary = "What came in by a connection and what became of it",
            description = "An entry without fate waits, or is parked: see the hospital, by its id as business key.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems("CHN-2009")
    public Page search(
            @Parameter(required = true) @QueryParam("connection") @Nullable String connection,
            @Parameter(description = "Such as order/4711") @QueryParam("document") @Nullable String document,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        operatorOnly();
        if (connection == null) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "connection is required",
                    List.of(new Violation("connection", "is required")),
                    null);
        }
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<Payloads.Entry> found = payloads.page(connection, document, before, most + 1);
        boolean more = found.size() > most;
        List<Payloads.Entry> page = more ? found.subList(0, most) : found;
        return new Page(page, more ? page.get(most - 1).payloadId() : null);
    }

    @GET
    @Path("{payloadId}/body")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "getPayloadBody", summary = "The bytes as they came")
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM))
    @Problems({"CHN-2009", "CHN-2010"})
    public Response body(@PathParam("payloadId") String payloadId) {
        operatorOnly();
        RawPayload found = payloads.byIds(Set.of(payloadId)).get(payloadId);
        if (found == null) {
            throw new RetailException(ChannelError.PAYLOAD_NOT_FOUND, "no payload " + payloadId);
        }
        Optional<Instant> removed = found.body().length == 0 ? payloads.removedAt(payloadId) : Optional.empty();
        if (removed.isPresent()) {
            throw new RetailException(
                    ChannelError.PAYLOAD_NOT_FOUND, "the content of " + payloadId + " was removed on " + removed.get());
        }
        return Response.ok(found.body(), MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }

    private void operatorOnly() {
        if (!ApiKeyGate.caller(request).isOperator()) {
            throw new RetailException(ChannelError.OPERATORS_ONLY, "this credential belongs to a tenant");
        }
    }
}
