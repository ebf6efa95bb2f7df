package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
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
import java.math.BigDecimal;
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
import org.retailhub.inventory.Tolerances;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.inventory.canonical.NumberText;
import org.retailhub.inventory.canonical.WireMovement;
import org.retailhub.inventory.domain.Tolerance;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** Which differences are passed over or corrected without a person, for operators. */
@Path("tolerances")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TolerancesResource {
    private static final int MOST_BYTES = 16 << 10;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** In order of source, location and class, 1000 at most. */
    @Schema(name = "Tolerances")
    record All(List<ToleranceView> tolerances) {}

    /** A rule as an operator writes it. What is left out is 0. */
    @Schema(name = "NewTolerance")
    record NewTolerance(
            @Schema(ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String ignoreUnits,

            @Schema(ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String ignorePercent,

            @Schema(ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String correctUnits) {
        static final String EXAMPLE = "{\"ignoreUnits\":1,\"ignorePercent\":\"0.5\",\"correctUnits\":10}";
    }

    /** A rule. */
    @Schema(name = "Tolerance")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ToleranceView(
            @Schema(description = "Whose counts it is for; absent: all", examples = "wms-1") @Nullable
            String source,

            @Schema(description = "Absent: all", examples = "berlin-1") @Nullable
            String location,

            @Schema(description = "Absent: all", examples = "A") @Nullable
            String skuClass,

            @Schema(description = "Up to it a difference is passed over", examples = "1")
            String ignoreUnits,

            @Schema(description = "Or up to so much of what was expected", examples = "0.5")
            String ignorePercent,

            @Schema(description = "Above both, up to it a difference is corrected at once", examples = "10")
            String correctUnits) {
        static ToleranceView of(Tolerance rule) {
            return new ToleranceView(
                    orNull(rule.source()),
                    orNull(rule.location()),
                    orNull(rule.skuClass()),
                    MovementView.text(rule.ignoreUnits()),
                    MovementView.text(rule.ignorePercent()),
                    MovementView.text(rule.correctUnits()));
        }

        private static @Nullable String orNull(String value) {
            return value.isEmpty() ? null : value;
        }
    }

    @Inject
    private Tolerances tolerances;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "listTolerances",
            summary = "Which differences between a count and the ledger are passed over or corrected at once")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = All.class)))
    @Problems("INV-1007")
    public All list(@QueryParam("tenant") @Nullable String tenant) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        return new All(tolerances.of(owner).stream().map(ToleranceView::of).toList());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "setTolerance",
            summary = "Set which differences are passed over or corrected at once",
            description =
                    "For a source, a location, a class of SKUs, or any of them; the most particular rule holds, source before location before"
                            + " class. Without a rule each difference waits for a person. In force with the next lines; audited. The same"
                            + " again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewTolerance.class),
                            examples =
                                    @ExampleObject(name = "one unit or half a percent", value = NewTolerance.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "It holds",
            content = @Content(schema = @Schema(implementation = ToleranceView.class)))
    @Problems({"INV-1004", "INV-1007"})
    public ToleranceView set(
            @Parameter(description = "All if left out", example = "wms-1") @QueryParam("source") @DefaultValue("")
                    String source,
            @Parameter(description = "All if left out") @QueryParam("location") @DefaultValue("") String location,
            @Parameter(description = "All if left out", example = "A") @QueryParam("skuClass") @DefaultValue("")
                    String skuClass,
            @QueryParam("tenant") @Nullable String tenant,
            InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        NewTolerance wanted = StrictJson.read(Bodies.read(body, MOST_BYTES), NewTolerance.class);
        Faults faults = new Faults();
        if (!source.isEmpty()) {
            faults.name("source", source);
        }
        if (!location.isEmpty()) {
            faults.name("location", location);
        }
        faults.optional("skuClass", skuClass, 40);
        BigDecimal ignore = faults.orZero("ignoreUnits", wanted.ignoreUnits());
        BigDecimal percent = faults.orZero("ignorePercent", wanted.ignorePercent());
        BigDecimal correct = faults.orZero("correctUnits", wanted.correctUnits());
        if (percent != null && percent.compareTo(HUNDRED) > 0) {
            faults.add("ignorePercent", "must not be above 100");
        }
        faults.refuse(InventoryError.INVALID_RULE);
        Tolerance rule = new Tolerance(
                source,
                location,
                skuClass,
                Objects.requireNonNull(ignore, "absence is a fault"),
                Objects.requireNonNull(percent, "absence is a fault"),
                Objects.requireNonNull(correct, "absence is a fault"));
        String owner = Tenancy.tenant(caller, tenant);
        return transactions.call(() -> {
            tolerances.set(caller.partner(), owner, rule);
            return ToleranceView.of(rule);
        });
    }

    @DELETE
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "removeTolerance", summary = "Let what holds for all decide again")
    @APIResponse(responseCode = "204", description = "It holds no longer")
    @Problems({"INV-1007", "INV-2011"})
    public void remove(
            @Parameter(description = "All if left out", example = "wms-1") @QueryParam("source") @DefaultValue("")
                    String source,
            @Parameter(description = "All if left out") @QueryParam("location") @DefaultValue("") String location,
            @Parameter(description = "All if left out", example = "A") @QueryParam("skuClass") @DefaultValue("")
                    String skuClass,
            @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        if (!transactions.call(() -> tolerances.remove(caller.partner(), owner, source, location, skuClass))) {
            throw new RetailException(InventoryError.RULE_NOT_FOUND, "there is none for exactly these");
        }
    }
}
