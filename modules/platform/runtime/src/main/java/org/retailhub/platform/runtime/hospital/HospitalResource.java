package org.retailhub.platform.runtime.hospital;

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
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
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
    public record Action(
            String reason, String fingerprint, Integer most, com.fasterxml.jackson.databind.JsonNode body) {}

    @Inject
    private HospitalDesk desk;

    @Inject
    private PreparedBranches branches;

    @Context
    private HttpServletRequest request;

    @GET
    @Path("cases")
    @RequiresScope("hub:operate")
    @Transactional
    public List<CaseView> search(
            @QueryParam("state") String state,
            @QueryParam("businessKey") String businessKey,
            @QueryParam("fingerprint") String fingerprint,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        return desk.search(null, state(state), businessKey, fingerprint, Math.max(1, Math.min(limit, MOST_LISTED)));
    }

    private static CaseState state(String state) {
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
    @Transactional
    public List<HospitalDesk.Missing> missing(@QueryParam("olderThanSeconds") @DefaultValue("60") int seconds) {
        return desk.missing(Duration.ofSeconds(Math.max(0, seconds)));
    }

    /** Branches of transactions that recovery should have finished: what RUN-5003 warns of. Nothing here finishes them. */
    @GET
    @Path("prepared-transactions")
    @RequiresScope("hub:operate")
    public List<PreparedBranches.Branch> prepared(@QueryParam("olderThanSeconds") @DefaultValue("60") int seconds) {
        return branches.olderThan(Duration.ofSeconds(Math.max(0, seconds)));
    }

    @POST
    @Path("cases/{caseId}/release")
    @RequiresScope("hub:operate")
    @Transactional
    public CaseView release(@PathParam("caseId") String caseId, byte[] body) {
        desk.release(caseId, actor(), StrictJson.read(body, Action.class).reason());
        return find(caseId);
    }

    @POST
    @Path("release")
    @RequiresScope("hub:operate")
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
        int most = action.most() == null ? MOST_RELEASED : Math.min(action.most(), MOST_RELEASED);
        return Map.of("released", desk.releaseGroup(action.fingerprint(), most, actor(), action.reason()));
    }

    @PUT
    @Path("cases/{caseId}/body")
    @RequiresScope("hub:operate")
    @Transactional
    public CaseView edit(@PathParam("caseId") String caseId, byte[] body) {
        Action action = StrictJson.read(body, Action.class);
        if (action.body() == null) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "the new body is missing",
                    List.of(new RetailException.Violation("body", "required")),
                    null);
        }
        desk.edit(caseId, action.body().toString(), actor(), action.reason());
        return find(caseId);
    }

    @POST
    @Path("cases/{caseId}/discard")
    @RequiresScope("hub:operate")
    @Transactional
    public CaseView discard(@PathParam("caseId") String caseId, byte[] body) {
        desk.discard(caseId, actor(), StrictJson.read(body, Action.class).reason());
        return find(caseId);
    }

    private String actor() {
        return ApiKeyGate.caller(request).partner();
    }
}
