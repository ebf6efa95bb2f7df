package org.retailhub.platform.runtime.hospital;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.PreparedBranches;

/**
 * The hospital of one module over HTTP, for operators. Every action needs a reason and is kept with the operator's name; a repeated
 * action on a case that is no longer open answers 409.
 */
@Path("hospital")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class HospitalResource {
    private static final int MOST_LISTED = 1_000;
    private static final int MOST_RELEASED = 10_000;

    /** Why an action is taken; {@code fingerprint} for a group, {@code body} for an edit. */
    @Schema(name = "CaseAction")
    public record Action(
            @Nullable String reason,
            @Nullable String fingerprint,
            @Nullable Integer most,

            @Schema(type = SchemaType.OBJECT, description = "The message's new body") @Nullable
            JsonNode body) {}

    @Inject
    private HospitalDesk desk;

    @Inject
    private PreparedBranches branches;

    @Context
    private HttpServletRequest request;

    @GET
    @Path("cases")
    @RequiresScope("hub:operate")
    @Operation(operationId = "findCases", summary = "Parked messages, newest first, without their bodies")
    @Transactional
    public List<CaseView> search(
            @Parameter(description = "parked, waiting, gap, due, done or discarded; all if left out")
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("businessKey") @Nullable String businessKey,
            @QueryParam("fingerprint") @Nullable String fingerprint,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        return desk.search(null, state(state), businessKey, fingerprint, Math.max(1, Math.min(limit, MOST_LISTED)));
    }

    private static @Nullable CaseState state(@Nullable String state) {
        try {
            return state == null ? null : CaseState.of(state);
        } catch (IllegalArgumentException e) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "state: parked, waiting, gap, due, done or discarded",
                    List.of(new RetailException.Violation("state", "unknown state")),
                    e);
        }
    }

    @GET
    @Path("cases/{caseId}")
    @RequiresScope("hub:operate")
    @Operation(operationId = "getCase", summary = "One case, with the message's body")
    @Problems("RUN-4003")
    @Transactional
    public CaseView find(@PathParam("caseId") String caseId) {
        return desk.find(caseId).orElseThrow(() -> new RetailException(RuntimeError.NO_SUCH_CASE, "no case " + caseId));
    }

    /**
     * Message numbers that have not come: that a later message has waited for longer than 60 s, or that their sender has counted. Their
     * senders can send them again.
     */
    @GET
    @Path("missing")
    @RequiresScope("hub:operate")
    @Operation(operationId = "findMissingMessages", summary = "Message numbers that have not come")
    @Transactional
    public List<HospitalDesk.Missing> missing(@QueryParam("olderThanSeconds") @DefaultValue("60") int seconds) {
        return desk.missing(Duration.ofSeconds(Math.max(0, seconds)));
    }

    /** Branches of transactions that recovery should have finished: what RUN-5003 warns of. Nothing here finishes them. */
    @GET
    @Path("prepared-transactions")
    @RequiresScope("hub:operate")
    @Operation(
            operationId = "findPreparedTransactions",
            summary = "Prepared transactions that recovery should have finished")
    public List<PreparedBranches.Branch> prepared(@QueryParam("olderThanSeconds") @DefaultValue("60") int seconds) {
        return branches.olderThan(Duration.ofSeconds(Math.max(0, seconds)));
    }

    @POST
    @Path("cases/{caseId}/release")
    @RequiresScope("hub:operate")
    @Operation(operationId = "releaseCase", summary = "Let a parked message be handled again")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Action.class),
                            examples =
                                    @ExampleObject(
                                            name = "example",
                                            value = "{\"reason\":\"the product is mapped now\"}")))
    @Problems({"RUN-4003", "RUN-4004", "RUN-4005"})
    @Transactional
    public CaseView release(@PathParam("caseId") String caseId, byte[] body) {
        desk.release(caseId, actor(), StrictJson.read(body, Action.class).reason());
        return find(caseId);
    }

    @POST
    @Path("release")
    @RequiresScope("hub:operate")
    @Operation(operationId = "releaseCases", summary = "Let a group of one cause be handled again")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Action.class),
                            examples =
                                    @ExampleObject(
                                            name = "example",
                                            value =
                                                    "{\"fingerprint\":\"3f1c\",\"most\":100,\"reason\":\"the product is mapped now\"}")))
    @Transactional
    public Map<String, Integer> releaseGroup(byte[] body) {
        Action action = StrictJson.read(body, Action.class);
        if (action.fingerprint() == null) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "name the group by its fingerprint",
                    List.of(new RetailException.Violation("fingerprint", "required")),
                    null);
        }
        if (action.most() != null && action.most() < 1) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "release one case at least",
                    List.of(new RetailException.Violation("most", "must be 1 or more")),
                    null);
        }
        int most = action.most() == null ? MOST_RELEASED : Math.min(action.most(), MOST_RELEASED);
        return Map.of("released", desk.releaseGroup(action.fingerprint(), most, actor(), action.reason()));
    }

    @PUT
    @Path("cases/{caseId}/body")
    @RequiresScope("hub:operate")
    @Operation(operationId = "editCase", summary = "Replace a parked message's body")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Action.class),
                            examples =
                                    @ExampleObject(
                                            name = "example",
                                            value =
                                                    "{\"reason\":\"wrong SKU\",\"body\":{\"orderId\":\"01M84B402ZVTPV56G6BNHZT8X5\"}}")))
    @Problems({"RUN-4003", "RUN-4004"})
    @Transactional
    public CaseView edit(@PathParam("caseId") String caseId, byte[] body) {
        Action action = StrictJson.read(body, Action.class);
        desk.edit(caseId, newBody(action).toString(), actor(), action.reason());
        return find(caseId);
    }

    /** A null in its place would stand for every part that a message needs. */
    static JsonNode newBody(Action action) {
        JsonNode body = action.body();
        if (body == null || body.isNull()) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "the new body is missing",
                    List.of(new RetailException.Violation("body", "required")),
                    null);
        }
        return body;
    }

    @POST
    @Path("cases/{caseId}/discard")
    @RequiresScope("hub:operate")
    @Operation(operationId = "discardCase", summary = "Give a parked message up")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Action.class),
                            examples =
                                    @ExampleObject(
                                            name = "example",
                                            value = "{\"reason\":\"sent twice by the channel\"}")))
    @Problems({"RUN-4003", "RUN-4004"})
    @Transactional
    public CaseView discard(@PathParam("caseId") String caseId, byte[] body) {
        desk.discard(caseId, actor(), StrictJson.read(body, Action.class).reason());
        return find(caseId);
    }

    private String actor() {
        return ApiKeyGate.caller(request).partner();
    }
}
