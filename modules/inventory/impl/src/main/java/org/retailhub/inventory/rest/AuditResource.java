package org.retailhub.inventory.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Rules;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** Who set which rule of stock, for operators. */
@Path("audit")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private static final int MOST_LISTED = 200;

    /** Newest first. */
    @Schema(name = "InventoryAudit")
    record Page(
            List<DeedView> entries,
            @Schema(nullable = true) @Nullable String next) {}

    /** Who set what. */
    @Schema(name = "InventoryDeed")
    record DeedView(
            @Schema(examples = "01M84B402ZVTPV56G6BNHZT8X5") String id,
            @Schema(examples = "2026-11-23T09:00:01Z") Instant at,
            @Schema(examples = "operator") String actor,
            @Schema(examples = "rule-set") String action,
            @Schema(examples = "shop-eu") String subject,

            @Schema(examples = "buffer 2, cap 50, minimum 3, locations all")
            String detail) {}

    @Inject
    private Rules rules;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listInventoryAudit", summary = "Who set which rule of stock, newest first")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems("INV-1007")
    public Page audit(
            @Parameter(description = "next of the page before") @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @QueryParam("tenant") @Nullable String tenant) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<Rules.Deed> found = rules.deeds(owner, before, most);
        return new Page(
                found.stream()
                        .map(deed -> new DeedView(
                                deed.id(), deed.at(), deed.actor(), deed.action(), deed.subject(), deed.detail()))
                        .toList(),
                found.size() == most ? found.get(most - 1).id() : null);
    }
}
