package org.retailhub.inventory.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.ErpMovementKinds;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** Which movements of stock the ERP books, for operators. */
@Path("erp-movements")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ErpMovementsResource {
    private static final int MOST_BYTES = 16 << 10;

    /** What holds for the tenant, or for one location. */
    @Schema(name = "ErpMovementsSet")
    record SetView(
            @Schema(nullable = true, description = "Left out for the tenant as a whole", examples = "berlin-1")
            @Nullable
            String location,

            List<String> kinds,
            @Schema(examples = "2026-11-23T12:00:00Z") Instant setAt) {
        static SetView of(ErpMovementKinds.Known known) {
            return new SetView(known.location().isEmpty() ? null : known.location(), known.kinds(), known.setAt());
        }
    }

    /** The tenant as a whole first, then its locations, 1000 at most. */
    @Schema(name = "ErpMovementsOfTenant")
    record All(List<SetView> movements) {}

    @Inject
    private ErpMovementKinds kinds;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listErpMovements", summary = "Which movements of stock the ERP books")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = All.class)))
    @Problems("INV-1007")
    public All list(@QueryParam("tenant") @Nullable String tenant) {
        return all(Tenancy.tenant(ApiKeyGate.caller(request), tenant));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "setErpMovements",
            summary = "Set which movements of stock the ERP books",
            description =
                    "For what is recorded from then on. Before anything is set, nothing is booked. What the ERP knows itself, and what left for"
                            + " an order, never is: the order tells it. The same again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewErpMovements.class),
                            examples = @ExampleObject(name = "what is no sale", value = NewErpMovements.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "All that holds for the tenant now",
            content = @Content(schema = @Schema(implementation = All.class)))
    @Problems({"INV-1004", "INV-1007"})
    public All set(@QueryParam("tenant") @Nullable String tenant, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        NewErpMovements wanted = StrictJson.read(Bodies.read(body, MOST_BYTES), NewErpMovements.class);
        Faults faults = new Faults();
        String location = wanted.location() == null ? "" : faults.name("location", wanted.location());
        List<@Nullable String> named = wanted.kinds();
        if (named == null) {
            faults.add("kinds", "is required");
            named = List.of();
        }
        for (int i = 0; i < named.size(); i++) {
            if (!ErpMovementKinds.ALL.contains(String.valueOf(named.get(i)))) {
                faults.add(
                        "kinds[" + i + "]", "must be one of " + String.join(", ", new TreeSet<>(ErpMovementKinds.ALL)));
            }
        }
        faults.refuse(InventoryError.INVALID_RULE);
        String owner = Tenancy.tenant(caller, tenant);
        List<String> checked = named.stream().map(String::valueOf).toList();
        String where = Objects.requireNonNull(location, "absence is a fault");
        return transactions.call(() -> {
            kinds.set(caller.partner(), owner, where, checked);
            return all(owner);
        });
    }

    private All all(String owner) {
        return new All(kinds.of(owner).stream().map(SetView::of).toList());
    }
}
