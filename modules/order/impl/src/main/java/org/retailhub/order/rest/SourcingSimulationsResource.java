package org.retailhub.order.rest;

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
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.SourcingSimulations;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.sourcing.Impact;
import org.retailhub.order.sourcing.SourcingRule;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.server.Door;

/** What a sourcing rule would have done, before it goes live; for operators. */
@Path("sourcing-simulations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SourcingSimulationsResource {
    private static final String PATH = "/api/order/v1/sourcing-simulations/";
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_LISTED = 500;

    /** Latest placed first. */
    @Schema(name = "SimulatedOrders")
    record Page(
            List<Impact.Change> orders,

            @Schema(description = "Cursor of the next page; absent on the last", nullable = true, examples = "100")
            @Nullable
            Integer next) {}

    @Inject
    private SourcingSimulations simulations;

    @Inject
    private Door door;

    @Context
    private HttpServletRequest request;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "simulateSourcingRule",
            summary = "What a rule would have done with the last orders of a channel",
            description =
                    "Each order is decided alone, on the facts of now and as if what it took were still there: by the rules in force, and with"
                            + " this one in their place. Nothing else changes. Up to 256 orders it is done with the answer (201); a larger one goes on"
                            + " by itself (202).")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewSimulation.class),
                            examples = @ExampleObject(name = "stores of a shop", value = NewSimulation.EXAMPLE)))
    @APIResponse(
            responseCode = "201",
            description = "It is done",
            content = @Content(schema = @Schema(implementation = SimulationView.class)))
    @APIResponse(
            responseCode = "202",
            description = "It goes on",
            content = @Content(schema = @Schema(implementation = SimulationView.class)))
    @Problems({"ORD-1008", "ORD-1022", "ORD-3011"})
    public Response simulate(
            @Parameter(description = "Whose orders") @QueryParam("tenant") @Nullable String tenant, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = SourcingRulesResource.tenant(caller, tenant);
        NewSimulation wanted = StrictJson.read(PlacementResource.read(body, MOST_BYTES), NewSimulation.class);
        SourcingRule rule = wanted.checked();
        SimulationView view = door.through(
                Lane.CATALOGUE,
                () -> SimulationView.of(simulations.ask(
                        caller.partner(),
                        owner,
                        Objects.requireNonNull(wanted.channel(), "absence is a fault"),
                        rule,
                        Objects.requireNonNull(wanted.orders(), "absence is a fault"))));
        return Response.status(view.state().equals("done") ? 201 : 202)
                .entity(view)
                .header("Location", PATH + view.simulationId())
                .build();
    }

    @GET
    @Path("{simulationId}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "getSourcingSimulation", summary = "How far a simulation is, and what it came to")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SimulationView.class)))
    @Problems("ORD-2025")
    public SimulationView get(@PathParam("simulationId") String simulationId) {
        return SimulationView.of(one(simulationId));
    }

    @GET
    @Path("{simulationId}/orders")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listSimulatedOrders", summary = "What would change, order by order, latest placed first")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems("ORD-2025")
    public Page orders(
            @PathParam("simulationId") String simulationId,
            @Parameter(description = "Whether only those that change", example = "true")
                    @QueryParam("changed")
                    @DefaultValue("true")
                    boolean changed,
            @Parameter(description = "next of the page before", example = "0") @QueryParam("cursor") @DefaultValue("0")
                    int cursor,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        one(simulationId);
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<SourcingSimulations.Placed> found = simulations.changes(simulationId, changed, cursor, most + 1);
        boolean more = found.size() > most;
        return new Page(
                found.stream()
                        .limit(most)
                        .map(SourcingSimulations.Placed::change)
                        .toList(),
                more ? (Integer) found.get(most - 1).position() : null);
    }

    private SourcingSimulations.Simulation one(String simulationId) {
        return simulations
                .find(simulationId)
                .orElseThrow(
                        () -> new RetailException(OrderError.SIMULATION_NOT_FOUND, "no simulation " + simulationId));
    }
}
