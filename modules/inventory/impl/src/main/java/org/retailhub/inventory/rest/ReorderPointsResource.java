package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Replenishment;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.ReorderPoint;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** When places are to be filled up again, for operators. */
@Path("reorder-points")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ReorderPointsResource {
    private static final int MOST_BYTES = 16 << 10;
    private static final int MOST_LISTED = 200;

    /** In order of location and SKU. */
    @Schema(name = "ReorderPoints")
    record Page(
            List<PointView> points,

            @Schema(nullable = true, description = "Parameter after of the next page", examples = "berlin-1/MUG-WHITE")
            @Nullable
            String next) {}

    /** When a place is to be filled up again. */
    @Schema(name = "ReorderPoint")
    record PointView(
            String sku,
            @Schema(examples = "berlin-1") String location,

            @Schema(description = "It is told when what may be sold falls to this or below", examples = "20")
            String reorderPoint,

            @Schema(description = "Up to how much it is to be filled", examples = "100")
            String target,

            @Schema(description = "What may be sold now", examples = "17")
            String available,

            @Schema(description = "Whether it has fallen to the point, which was told, and was not above it since")
            boolean low) {}

    /** What holds now, and what held before. */
    @Schema(name = "ReorderPointSet")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SetView(
            String sku,
            @Schema(examples = "berlin-1") String location,
            @Schema(examples = "20") String reorderPoint,
            @Schema(examples = "100") String target,

            @Schema(description = "What it was before; absent if there was none", examples = "10") @Nullable
            String before) {}

    @Inject
    private Replenishment replenishment;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "setReorderPoint",
            summary = "Set when a SKU at a location is to be filled up again, and how far",
            description =
                    "When what may be sold falls to the point or below, ReplenishmentNeeded.v1 goes out on inventory.events, in the same"
                            + " transaction and once; again after it was above. At once if it is there already. Each version is kept,"
                            + " each change audited. The same again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewReorderPoint.class),
                            examples =
                                    @ExampleObject(
                                            name = "at twenty up to a hundred",
                                            value = NewReorderPoint.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "It holds",
            content = @Content(schema = @Schema(implementation = SetView.class)))
    @Problems({"INV-1004", "INV-1007"})
    public SetView set(
            @Parameter(description = "Whose stock") @QueryParam("tenant") @Nullable String tenant, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        NewReorderPoint asked = StrictJson.read(Bodies.read(body, MOST_BYTES), NewReorderPoint.class);
        NewReorderPoint.Wanted wanted = asked.checked(Tenancy.tenant(caller, tenant));
        Optional<ReorderPoint> before = transactions.call(
                () -> replenishment.set(caller.partner(), wanted.position(), wanted.reorder(), caller.traceparent()));
        return new SetView(
                wanted.position().sku(),
                wanted.position().location(),
                MovementView.text(wanted.reorder().point()),
                MovementView.text(wanted.reorder().target()),
                before.map(point -> MovementView.text(point.point())).orElse(null));
    }

    @DELETE
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "removeReorderPoint", summary = "Tell no more when a SKU at a location runs low")
    @APIResponse(responseCode = "204", description = "It holds no longer")
    @Problems({"INV-1007", "INV-1008", "INV-2011"})
    public void remove(
            @QueryParam("sku") @Nullable String sku,
            @QueryParam("location") @Nullable String location,
            @Parameter(description = "Whose stock") @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        Faults faults = new Faults();
        String article = faults.key("sku", sku, 64);
        String place = faults.name("location", location);
        faults.refuse(InventoryError.INVALID_QUESTION);
        PositionKey position = new PositionKey(
                owner,
                Objects.requireNonNull(article, "absence is a fault"),
                Objects.requireNonNull(place, "absence is a fault"));
        if (transactions
                .call(() -> replenishment.set(caller.partner(), position, null, caller.traceparent()))
                .isEmpty()) {
            throw new RetailException(InventoryError.RULE_NOT_FOUND, "the place has no reorder point");
        }
    }

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "listReorderPoints",
            summary = "When places are to be filled up again, and which are low, a page at a time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems({"INV-1007", "INV-1008"})
    public Page list(
            @Parameter(description = "next of the page before", example = "berlin-1/MUG-WHITE")
                    @QueryParam("after")
                    @Nullable
                    String after,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @Parameter(description = "Whose stock") @QueryParam("tenant") @Nullable String tenant) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        // No location has a slash.
        int slash = after == null ? -1 : after.indexOf('/');
        if (after != null && slash < 1) {
            Faults faults = new Faults();
            faults.add("after", "must be next of the page before");
            faults.refuse(InventoryError.INVALID_QUESTION);
        }
        PositionKey last =
                after == null ? null : new PositionKey(owner, after.substring(slash + 1), after.substring(0, slash));
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<PointView> found = replenishment.of(owner, last, most).stream()
                .map(known -> new PointView(
                        known.position().sku(),
                        known.position().location(),
                        MovementView.text(known.reorder().point()),
                        MovementView.text(known.reorder().target()),
                        MovementView.text(known.availableToSell()),
                        known.low()))
                .toList();
        PointView end = found.size() == most ? found.get(most - 1) : null;
        return new Page(found, end == null ? null : end.location() + "/" + end.sku());
    }
}
