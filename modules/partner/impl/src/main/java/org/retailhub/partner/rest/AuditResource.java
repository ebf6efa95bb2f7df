package org.retailhub.partner.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.retailhub.partner.api.Scopes;
import org.retailhub.partner.domain.AuditTrail;
import org.retailhub.partner.domain.Partners;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.tx.Transactions;

/** What was done to a partner and its keys, for operators. */
@Path("/partners/{code}/audit")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "partner")
public class AuditResource {
    @Inject
    private Transactions transactions;

    @Inject
    private AuditTrail trail;

    @Inject
    private Partners partners;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listPartnerAudit", summary = "What was done to a partner, its keys and its quotas")
    @APIResponse(
            responseCode = "200",
            description = "A page, newest first",
            content = @Content(schema = @Schema(implementation = AuditView.Page.class)))
    @Problems({"PAR-1007", "PAR-1003"})
    public AuditView.Page list(
            @PathParam("code") String code,
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @Context HttpServletRequest request) {
        PartnersResource.operatorOnly(request);
        int size = PartnersResource.pageSize(limit);
        List<AuditView> found = transactions.call(() -> {
            partners.byCode(code).orElseThrow(() -> PartnersResource.noSuchPartner(code));
            return trail.page(code, before, size + 1).stream()
                    .map(AuditView::of)
                    .toList();
        });
        List<AuditView> page = found.stream().limit(size).toList();
        return new AuditView.Page(page, found.size() > size ? page.get(size - 1).id() : null);
    }
}
