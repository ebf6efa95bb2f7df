package org.retailhub.erp.rest;

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
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.retailhub.erp.SentEvents;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.Problem;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;

/** For operators: events of this module that a consumer misses are sent again, with their old ids and numbers. */
@Path("sent-messages")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sent messages")
public class SentMessagesResource {
    private static final int MOST = 1_000;

    /** Which message. */
    @Schema(name = "ErpMessageKey")
    public record Key(String destination, String businessKey, long sequence) {}

    /** What to send again. */
    @Schema(name = "ErpMissingMessages")
    public record Missing(List<Key> messages) {}

    /** What became of one: {@code problem} is absent if it was sent. */
    @Schema(name = "ErpResent")
    public record Resent(String destination, String businessKey, long sequence, boolean sent, Problem problem) {}

    @Inject
    private SentEvents events;

    @Context
    private HttpServletRequest request;

    @POST
    @Path("{destination}/{businessKey}/{sequence}/resend")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "resendErpMessage", summary = "Send one event again")
    @APIResponse(responseCode = "404", description = "RUN-4007: no such message was sent from here")
    public Resent resend(
            @PathParam("destination") String destination,
            @PathParam("businessKey") String businessKey,
            @PathParam("sequence") long sequence) {
        events.resend(
                destination, businessKey, sequence, ApiKeyGate.caller(request).partner());
        return new Resent(destination, businessKey, sequence, true, null);
    }

    @POST
    @Path("resend-missing")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "resendErpMessages",
            summary = "Send up to 1000 events again",
            description = "Takes what the consumer lists as missing; each stands for itself.")
    public List<Resent> resendMissing(byte[] body) {
        List<Key> missing = StrictJson.read(body, Missing.class).messages();
        if (missing == null || missing.isEmpty() || missing.size() > MOST) {
            throw ReconciliationResource.invalid("messages", "1 to " + MOST);
        }
        List<Resent> results = new ArrayList<>();
        for (Key key : missing) {
            results.add(one(key));
        }
        return results;
    }

    private Resent one(Key key) {
        try {
            return resend(key.destination(), key.businessKey(), key.sequence());
        } catch (RetailException e) {
            Problem problem = Problem.of(e, ApiKeyGate.traceparent(request));
            return new Resent(key.destination(), key.businessKey(), key.sequence(), false, problem);
        }
    }
}
