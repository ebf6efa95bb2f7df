package org.retailhub.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.TaxTables;
import org.retailhub.order.canonical.TaxRule;
import org.retailhub.order.canonical.WireTaxRules;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** How a tenant's sales are taxed, for operators. Each version is kept with who set it. */
@Path("tax-rules")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TaxRulesResource {
    private static final int MOST_BYTES = 512 << 10;

    /** Rules that hold. */
    @Schema(name = "TaxRulesVersion")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            @Schema(description = "Counts changes, from 1; 0 if nobody set any", examples = "3")
            long version,

            List<WireTaxRules.Rule> rules,

            @Schema(examples = "2026-11-23T09:00:01Z") @Nullable
            Instant setAt,

            @Schema(description = "The partner whose credential set it", examples = "operator") @Nullable
            String setBy) {
        static View of(Optional<TaxTables.Version> version) {
            return version.map(
                            each -> new View(each.table().version(), rules(each.table()), each.setAt(), each.setBy()))
                    .orElseGet(() -> new View(0, List.of(), null, null));
        }

        private static List<WireTaxRules.Rule> rules(TaxRule.Table table) {
            List<WireTaxRules.Rule> rules = WireTaxRules.of(table).rules();
            return rules == null ? List.of() : rules;
        }
    }

    @Inject
    private TaxTables tables;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "getTaxRules", summary = "How sales are taxed: the first rule that fits decides")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = View.class)))
    @Problems({"ORD-1008", "ORD-2012"})
    public View find(@QueryParam("tenant") @Nullable String tenant) {
        return View.of(tables.current(Tenancy.tenant(ApiKeyGate.caller(request), tenant)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "setTaxRules",
            summary = "Set how sales are taxed",
            description = "For orders that are completed from then on. The same again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = WireTaxRules.class),
                            examples =
                                    @ExampleObject(name = "a marketplace and a country", value = WireTaxRules.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "They hold",
            content = @Content(schema = @Schema(implementation = View.class)))
    @Problems({"ORD-1009", "ORD-1008", "ORD-2012"})
    public View set(@QueryParam("tenant") @Nullable String tenant, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        TaxRule.Table wanted = StrictJson.read(PlacementResource.read(body, MOST_BYTES), WireTaxRules.class)
                .checked(0);
        String owner = Tenancy.tenant(caller, tenant);
        return View.of(Optional.of(transactions.call(() -> tables.set(caller.partner(), owner, wanted))));
    }
}
