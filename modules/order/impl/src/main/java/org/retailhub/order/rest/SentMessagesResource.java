package org.retailhub.order.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.retailhub.order.SentMessages;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.Problem;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;

/** For operators: messages of this module that their consumer misses are sent again, with their old ids and numbers. */
@Path("sent-messages")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SentMessagesResource {
    private static final int MOST = 1_000;
    private static final int MOST_BYTES = 1 << 20;

    /** What to send again. */
    @Schema(name = "MissingMessages")
    record Missing(List<SentMessages.Key> messages) {}

    /** What became of one: {@code problem} is absent if it was sent. */
    @Schema(name = "Resent")
    record Resent(String destination, String businessKey, long sequence, boolean sent, Problem problem) {}

    @Inject
    private SentMessages messages;

    @Context
    private HttpServletRequest request;

    @POST
    @Path("{destination}/{businessKey}/{sequence}/resend")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "resendOrderMessage", summary = "Send one message again")
    @APIResponse(responseCode = "404", description = "RUN-4007")
    @APIResponse(responseCode = "409", description = "ORD-2011")
    public Resent resend(
            @PathParam("destination") String destination,
            @PathParam("businessKey") String businessKey,
            @PathParam("sequence") long sequence) {
        SentMessages.Key key = new SentMessages.Key(destination, businessKey, sequence);
        messages.resend(key, ApiKeyGate.caller(request).partner());
        return new Resent(destination, businessKey, sequence, true, null);
    }

    @POST
    @Path("resend-missing")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "resendOrderMessages",
            summary = "Send up to 1000 messages again",
            description = "Takes what the consumer lists as missing; each stands for itself.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Missing.class)))
    public List<Resent> resendMissing(InputStream body) {
        Missing missing = StrictJson.read(PlacementResource.read(body, MOST_BYTES), Missing.class);
        if (missing.messages() == null || missing.messages().size() > MOST) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "1 to " + MOST + " messages",
                    List.of(new RetailException.Violation("messages", "1 to " + MOST)),
                    null);
        }
        List<Resent> results = new ArrayList<>();
        for (SentMessages.Key key : missing.messages()) {
            results.add(one(key));
        }
        return results;
    }

    private Resent one(SentMessages.Key key) {
        try {
            messages.resend(key, ApiKeyGate.caller(request).partner());
            return new Resent(key.destination(), key.businessKey(), key.sequence(), true, null);
        } catch (RetailException e) {
            return new Resent(
                    key.destination(),
                    key.businessKey(),
                    key.sequence(),
                    false,
                    Problem.of(e, ApiKeyGate.traceparent(request)));
        }
    }
}
