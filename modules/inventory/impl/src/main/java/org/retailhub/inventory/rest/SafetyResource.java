package org.retailhub.inventory.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Rules;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** What is kept back of a SKU at a location, for operators. */
@Path("safety-stock")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SafetyResource {
    private static final int MOST_BYTES = 16 << 10;

    /** What is kept back now, and before. */
    @Schema(name = "SafetyStockSet")
    record SafetyView(
            String sku,
            @Schema(examples = "berlin-1") String location,
            @Schema(examples = "2") String quantity,

            @Schema(description = "What it was before", examples = "0")
            String before) {}

    @Inject
    private Rules rules;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "setSafetyStock",
            summary = "Set what is kept back of a SKU at a location",
            description =
                    "It is neither shown nor reserved. What is held already stays held. The same again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewSafety.class),
                            examples = @ExampleObject(name = "two mugs", value = NewSafety.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "It holds",
            content = @Content(schema = @Schema(implementation = SafetyView.class)))
    @Problems({"INV-1004", "INV-1007"})
    public SafetyView set(@QueryParam("tenant") @Nullable String tenant, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        NewSafety wanted = StrictJson.read(Bodies.read(body, MOST_BYTES), NewSafety.class);
        Faults faults = new Faults();
        String sku = faults.key("sku", wanted.sku(), 64);
        String location = faults.name("location", wanted.location());
        if (wanted.quantity() == null) {
            faults.add("quantity", "is required");
        }
        BigDecimal quantity = faults.orZero("quantity", wanted.quantity());
        faults.refuse(InventoryError.INVALID_RULE);
        PositionKey key = new PositionKey(
                Tenancy.tenant(caller, tenant),
                Objects.requireNonNull(sku, "absence is a fault"),
                Objects.requireNonNull(location, "absence is a fault"));
        BigDecimal kept = Objects.requireNonNull(quantity, "absence is a fault");
        BigDecimal before = transactions.call(() -> rules.setSafety(caller.partner(), key, kept, caller.traceparent()));
        return new SafetyView(key.sku(), key.location(), MovementView.text(kept), MovementView.text(before));
    }
}
