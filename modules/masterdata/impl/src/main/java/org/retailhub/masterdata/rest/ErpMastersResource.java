package org.retailhub.masterdata.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.retailhub.masterdata.ErpMasters;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.MasterKind;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.tx.Transactions;

/** What ERPs own of a tenant, for operators. */
@Path("/tenants/{tenant}/erp-masters/{kind}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "masterdata")
public class ErpMastersResource {
    /** How many are nobody's but their teachers' now. */
    @Schema(name = "ReleasedMasters")
    public record Released(@Schema(examples = "412") int masters) {}

    @Inject
    private ErpMasters masters;

    @Inject
    private Transactions transactions;

    @DELETE
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "releaseErpMasters",
            summary = "Let partners change what an ERP owned",
            description =
                    "For a kind that does not come back from the ERP any more (`PUT /api/erp/v1/masters`). Products, customers, places and tax"
                            + " codes stay as they are. As long as the kind still comes, the next change there makes it the ERP's again.")
    @APIResponse(
            responseCode = "200",
            description = "How many were the ERP's",
            content = @Content(schema = @Schema(implementation = Released.class)))
    @Problems({"MAS-1022", "MAS-1007", "MAS-1008"})
    public Released release(
            @PathParam("tenant") String tenant,
            @Parameter(description = "item, customer, location or tax-code", example = "item") @PathParam("kind")
                    String kind,
            @Context HttpServletRequest request) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        MasterKind known = MasterKind.named(kind)
                .orElseThrow(() -> new RetailException(
                        MasterDataError.NO_SUCH_MASTERS, "there are item, customer, location and tax-code"));
        return transactions.call(() -> new Released(masters.release(owner, known, caller.partner())));
    }
}
