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
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.DriftDesk;
import org.retailhub.inventory.Drifts;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** Where counts and the ledger differ: listed for the tenant, decided by operators. */
@Path("drift")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DriftResource {
    private static final int MOST_BYTES = 4 << 10;
    private static final int MOST_LISTED = 200;
    private static final Set<String> STATES = Set.of("corrected", "queued", "accepted", "rejected", "superseded");

    /** In the order in which they were noticed. */
    @Schema(name = "DriftPage")
    record Page(
            List<DriftView> drift,

            @Schema(nullable = true, description = "Parameter after of the next page") @Nullable
            String next) {}

    /** Why it is decided so. */
    @Schema(name = "DriftDecision")
    record Decision(
            @Schema(maxLength = 200, description = "Required to reject", examples = "counted twice, it is right")
            @Nullable
            String reason) {
        static final String EXAMPLE = "{\"reason\":\"counted twice, it is right\"}";
    }

    @Inject
    private Drifts drifts;

    @Inject
    private DriftDesk desk;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    static Page page(Drifts drifts, Drifts.Question question, int limit) {
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<DriftView> found =
                drifts.of(question, most).stream().map(DriftView::of).toList();
        return new Page(found, found.size() == most ? found.get(most - 1).driftId() : null);
    }

    @GET
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(
            operationId = "listDrift",
            summary = "Where counts and the ledger differ; with state=queued what waits for a person")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems({"INV-1007", "INV-1008", "INV-2007", "INV-2008"})
    public Page list(
            @Parameter(description = "corrected, queued, accepted, rejected or superseded", example = "queued")
                    @QueryParam("state")
                    @DefaultValue("")
                    String state,
            @Parameter(description = "Of one source only", example = "wms-1") @QueryParam("source") @DefaultValue("")
                    String source,
            @QueryParam("sku") @DefaultValue("") String sku,
            @QueryParam("location") @DefaultValue("") String location,
            @Parameter(description = "next of the page before") @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @Parameter(description = "For operators: whose stock") @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        Tenancy.speaksFor(caller, null);
        Faults faults = new Faults();
        if (!state.isEmpty() && !STATES.contains(state)) {
            faults.add("state", "must be one of " + String.join(", ", new TreeSet<>(STATES)));
        }
        faults.refuse(InventoryError.INVALID_QUESTION);
        return page(drifts, new Drifts.Question(owner, "", state, source, sku, location, after), limit);
    }

    @GET
    @Path("{driftId}")
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(
            operationId = "getDrift",
            summary = "A difference, what probably made it, and what moved around that time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DriftView.class)))
    @Problems("INV-2022")
    public DriftView get(@PathParam("driftId") String driftId) {
        CallContext caller = ApiKeyGate.caller(request);
        return drifts.of(driftId)
                .filter(each -> caller.maySee(each.position().tenant())
                        && (caller.isOperator() || caller.channels().isEmpty()))
                .map(each -> DriftView.of(desk.explain(each)))
                .orElseThrow(() -> new RetailException(InventoryError.DRIFT_NOT_FOUND, driftId));
    }

    @POST
    @Path("{driftId}/acceptances")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "acceptDrift",
            summary = "Book what was counted more or less, as a count correction",
            description =
                    "As of the time it was counted, audited. If the difference is not any more what it was, since movements came late or another"
                            + " count was booked, nothing is booked: 409, and it waits with what it is now. The same again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Decision.class),
                            examples = @ExampleObject(name = "with a reason", value = Decision.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "It is booked",
            content = @Content(schema = @Schema(implementation = DriftView.class)))
    @Problems({"INV-1007", "INV-1012", "INV-2022", "INV-2023", "INV-2024"})
    public DriftView accept(
            @PathParam("driftId") String driftId, @QueryParam("tenant") @Nullable String tenant, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        String reason = reason(body, false);
        return told(
                driftId,
                transactions.call(() -> desk.accept(caller.partner(), owner, driftId, reason, caller.traceparent())));
    }

    @POST
    @Path("{driftId}/rejections")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "rejectDrift",
            summary = "Say that the ledger is right, and why",
            description = "Nothing is booked; audited. The same again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Decision.class),
                            examples = @ExampleObject(name = "with a reason", value = Decision.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "It waits no longer",
            content = @Content(schema = @Schema(implementation = DriftView.class)))
    @Problems({"INV-1007", "INV-1012", "INV-2022", "INV-2023"})
    public DriftView reject(
            @PathParam("driftId") String driftId, @QueryParam("tenant") @Nullable String tenant, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        String reason = Objects.requireNonNull(reason(body, true), "absence is a fault");
        return told(driftId, transactions.call(() -> desk.reject(caller.partner(), owner, driftId, reason)));
    }

    private static @Nullable String reason(InputStream body, boolean required) {
        Decision decision = StrictJson.read(Bodies.read(body, MOST_BYTES), Decision.class);
        Faults faults = new Faults();
        String reason = required
                ? faults.key("reason", decision.reason(), 200)
                : faults.optional("reason", decision.reason(), 200);
        faults.refuse(InventoryError.INVALID_DECISION);
        return reason;
    }

    private static DriftView told(String id, DriftDesk.Decided decided) {
        return decided.fold(
                DriftView::of,
                otherwise -> {
                    throw new RetailException(InventoryError.DRIFT_DECIDED, id + " is " + otherwise.state());
                },
                changed -> {
                    throw new RetailException(
                            InventoryError.DRIFT_CHANGED,
                            id + " is now "
                                    + (changed.state().equals(Drifts.QUEUED)
                                            ? MovementView.text(changed.drift())
                                            : "explained by what came since"));
                },
                () -> {
                    throw new RetailException(InventoryError.DRIFT_NOT_FOUND, id);
                });
    }
}
