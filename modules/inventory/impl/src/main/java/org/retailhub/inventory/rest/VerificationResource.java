package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Verification;
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

/** Whether positions are what the ledger says, and how they are made anew from it; for operators. */
@Path("verification")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class VerificationResource {
    private static final int MOST_BYTES = 4 << 10;

    /** What was found. */
    @Schema(name = "StockVerification")
    record ReportView(
            @Schema(examples = "2026-11-23T09:00:01Z") Instant at,

            @Schema(description = "How many were looked at", examples = "1200")
            long positions,

            @Schema(description = "How many were looked at", examples = "84000")
            long movements,

            @Schema(description = "None: the ledger is whole and the positions are what it says; the first 500 else")
            List<FaultView> faults) {}

    /** Something that contradicts something else. */
    @Schema(name = "StockFault")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FaultView(
            String sku,
            @Schema(examples = "berlin-1") String location,

            @Schema(
                    description = "Of the row in the position's ledger; absent if it is the position's own",
                    examples = "17")
            @Nullable
            Long number,

            @Schema(examples = "movement 17 is missing") String what) {}

    /** What is to be made anew. */
    @Schema(name = "Rebuild")
    record Wanted(
            @Schema(maxLength = 64, description = "All of the tenant's if left out") @Nullable
            String sku) {
        static final String EXAMPLE = "{\"sku\":\"MUG-WHITE\"}";
    }

    /** What was made anew. */
    @Schema(name = "RebuiltPositions")
    record Rebuilt(
            @Schema(description = "Those that were not what they are now; none: all was right")
            List<Place> changed) {}

    /** A SKU at a location. */
    @Schema(name = "StockPlace")
    record Place(String sku, @Schema(examples = "berlin-1") String location) {}

    @Inject
    private Verification verification;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "verifyStock",
            summary = "Whether the ledger is whole and positions are what it says",
            description =
                    "Reads all of a tenant's ledger, or one SKU's. A row that is missing, doubled or changed is named.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReportView.class)))
    @Problems("INV-1007")
    public ReportView verify(
            @Parameter(description = "One SKU only") @QueryParam("sku") @DefaultValue("") String sku,
            @QueryParam("tenant") @Nullable String tenant) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        Verification.Report report = verification.verify(owner, sku);
        return new ReportView(
                report.at(),
                report.positions(),
                report.movements(),
                report.faults().stream()
                        .map(fault -> new FaultView(
                                fault.position().sku(),
                                fault.position().location(),
                                fault.number() == 0 ? null : fault.number(),
                                fault.what()))
                        .toList());
    }

    @POST
    @Path("rebuilds")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "rebuildPositions",
            summary = "Make positions anew from the ledger",
            description =
                    "Of a tenant or one SKU; nothing else moves meanwhile there. A ledger that is not whole is not mended by it. Audited.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Wanted.class),
                            examples = @ExampleObject(name = "one SKU", value = Wanted.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "They are what the ledger says",
            content = @Content(schema = @Schema(implementation = Rebuilt.class)))
    @Problems({"INV-1007", "INV-1008"})
    public Rebuilt rebuild(@QueryParam("tenant") @Nullable String tenant, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        Wanted wanted = StrictJson.read(Bodies.read(body, MOST_BYTES), Wanted.class);
        Faults faults = new Faults();
        String sku = faults.optional("sku", wanted.sku(), 64);
        faults.refuse(InventoryError.INVALID_QUESTION);
        String owner = Tenancy.tenant(caller, tenant);
        List<PositionKey> changed =
                transactions.call(() -> verification.rebuild(caller.partner(), owner, sku == null ? "" : sku));
        return new Rebuilt(changed.stream()
                .map(position -> new Place(position.sku(), position.location()))
                .toList());
    }
}
