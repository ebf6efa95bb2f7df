package org.retailhub.inventory.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.ReplayPlan;
import org.retailhub.inventory.Replays;
import org.retailhub.inventory.StockDoor;
import org.retailhub.inventory.Subscribers;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** What was told of stock is sent once more to one subscriber, for operators: looked at first, then started. */
@Path("replays")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ReplaysResource {
    private static final int MOST_BYTES = 16 << 10;
    private static final int MOST_LISTED = 200;

    /** Newest first. */
    @Schema(name = "Replays")
    record Page(
            List<ReplayView> replays,

            @Schema(nullable = true, description = "Parameter before of the next page") @Nullable
            String next) {}

    @Inject
    private Replays replays;

    @Inject
    private Subscribers subscribers;

    @Inject
    private StockDoor door;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "planReplay",
            summary = "Look what would be sent once more to a subscriber",
            description =
                    "A dry run: nothing is sent and no stock is touched. Says how many messages of which keys that are, the first and the"
                            + " last, and what the subscriber has handled already. Idempotent by reference: the same again gets what was"
                            + " found first, another content 409 with the differing fields. Audited.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewReplay.class),
                            examples = @ExampleObject(name = "a day of one SKU", value = NewReplay.EXAMPLE)))
    @APIResponse(
            responseCode = "201",
            description = "It is planned",
            content = @Content(schema = @Schema(implementation = ReplayView.class)))
    @APIResponse(
            responseCode = "200",
            description = "It was planned before",
            content = @Content(schema = @Schema(implementation = ReplayView.class)))
    @Problems({"INV-1007", "INV-1040", "INV-2040"})
    public Response plan(
            @Parameter(description = "Whose stock") @QueryParam("tenant") @Nullable String tenant, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        NewReplay asked = StrictJson.read(Bodies.read(body, MOST_BYTES), NewReplay.class);
        String owner = Tenancy.tenant(caller, tenant);
        Replays.Wanted wanted = asked.checked(owner, subscribers.names(), door.now());
        ReplayPlan plan = replays.look(wanted);
        return transactions
                .call(() -> replays.plan(caller.partner(), wanted, plan))
                .fold(
                        made -> Response.status(made.replayed() ? 200 : 201)
                                .type(MediaType.APPLICATION_JSON_TYPE)
                                .entity(Answers.json(ReplayView.of(made.replay()))
                                        .getBytes(StandardCharsets.UTF_8))
                                .build(),
                        differs -> Answers.response(Answers.differs(
                                InventoryError.REPLAY_DIFFERS,
                                "it is replay " + differs.replay().id(),
                                differs.fields(),
                                caller.traceparent())));
    }

    @POST
    @Path("{replayId}/runs")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "startReplay",
            summary = "Send what was planned, or go on after a pause",
            description =
                    "Message by message under the old ids, keys and numbers: the subscriber drops what it has handled. One that runs or is done"
                            + " stays as it is. Audited.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = ReplayStart.class),
                            examples = @ExampleObject(name = "ten first", value = ReplayStart.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "It runs, or has run",
            content = @Content(schema = @Schema(implementation = ReplayView.class)))
    @Problems({"INV-1007", "INV-1040", "INV-2041"})
    public ReplayView start(
            @PathParam("replayId") String replayId,
            @Parameter(description = "Whose stock") @QueryParam("tenant") @Nullable String tenant,
            InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        ReplayStart start = StrictJson.read(Bodies.read(body, MOST_BYTES), ReplayStart.class)
                .checked();
        String owner = Tenancy.tenant(caller, tenant);
        return found(
                transactions.call(() -> replays.run(
                        caller.partner(), owner, replayId, start.canary(), start.limit(), start.perSecond())),
                replayId);
    }

    @POST
    @Path("{replayId}/stops")
    @Consumes(MediaType.WILDCARD)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "stopReplay",
            summary = "Send nothing more of a replay",
            description = "What was sent stays sent. Another start goes on where it was. Audited.")
    @APIResponse(
            responseCode = "200",
            description = "It does not run",
            content = @Content(schema = @Schema(implementation = ReplayView.class)))
    @Problems({"INV-1007", "INV-2041"})
    public ReplayView stop(
            @PathParam("replayId") String replayId,
            @Parameter(description = "Whose stock") @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        return found(transactions.call(() -> replays.stop(caller.partner(), owner, replayId)), replayId);
    }

    @GET
    @Path("{replayId}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "getReplay", summary = "A replay and how far it is")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReplayView.class)))
    @Problems({"INV-1007", "INV-2041"})
    public ReplayView get(
            @PathParam("replayId") String replayId,
            @Parameter(description = "Whose stock") @QueryParam("tenant") @Nullable String tenant) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        return found(replays.find(owner, replayId), replayId);
    }

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listReplays", summary = "Replays of a tenant, newest first, a page at a time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems("INV-1007")
    public Page list(
            @Parameter(description = "next of the page before") @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @Parameter(description = "Whose stock") @QueryParam("tenant") @Nullable String tenant) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<ReplayView> found =
                replays.of(owner, before, most).stream().map(ReplayView::of).toList();
        return new Page(found, found.size() == most ? found.get(most - 1).replayId() : null);
    }

    private static ReplayView found(Optional<Replays.Replay> replay, String id) {
        return ReplayView.of(replay.orElseThrow(
                () -> new RetailException(InventoryError.REPLAY_NOT_FOUND, "the tenant has no replay " + id)));
    }
}
