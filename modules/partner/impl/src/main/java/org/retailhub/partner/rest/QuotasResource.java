package org.retailhub.partner.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.retailhub.partner.QuotaBook;
import org.retailhub.partner.api.PartnerError;
import org.retailhub.partner.api.RouteClasses;
import org.retailhub.partner.api.Scopes;
import org.retailhub.partner.domain.Partners;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.tx.Transactions;

/** How much each partner may call, for operators. Each method is one transaction. */
@Path("/partners/{code}/quotas")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "partner")
public class QuotasResource {
    @Inject
    private QuotaBook quotas;

    @Inject
    private Partners partners;

    @Inject
    private Transactions transactions;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listQuotas", summary = "What a partner may call, by route")
    @APIResponse(
            responseCode = "200",
            description = "All routes, with the default where nothing was set",
            content = @Content(schema = @Schema(implementation = QuotaView.All.class)))
    @Problems({"PAR-1007", "PAR-1003"})
    public QuotaView.All list(@PathParam("code") String code, @Context HttpServletRequest request) {
        PartnersResource.operatorOnly(request);
        return transactions.call(() -> {
            known(code);
            return QuotaView.All.of(quotas.of(code));
        });
    }

    @PUT
    @Path("/{routeClass}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "setQuota",
            summary = "Set how much a partner may call a route",
            description =
                    "The route by its operationId. In force at each gate within 5 s. The same again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewQuota.class),
                            examples =
                                    @ExampleObject(
                                            name = "500 a second",
                                            value = "{\"requests\":5000,\"windowSeconds\":10}")))
    @APIResponse(
            responseCode = "200",
            description = "It holds",
            content = @Content(schema = @Schema(implementation = QuotaView.class)))
    @Problems({"PAR-1010", "PAR-1007", "PAR-1003", "PAR-1011"})
    public QuotaView set(
            @PathParam("code") String code,
            @PathParam("routeClass") String routeClass,
            byte[] body,
            @Context HttpServletRequest request) {
        String actor = PartnersResource.operatorOnly(request);
        NewQuota.Checked wanted = PartnersResource.read(body, NewQuota.class).checked();
        counted(routeClass);
        return transactions.call(() -> {
            known(code);
            quotas.set(actor, code, routeClass, wanted.requests(), wanted.windowSeconds());
            return QuotaView.of(
                    routeClass, Objects.requireNonNull(quotas.of(code).get(routeClass), "each class has terms"));
        });
    }

    @DELETE
    @Path("/{routeClass}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "resetQuota", summary = "Give a partner the default quota again")
    @APIResponse(responseCode = "204", description = "The default holds")
    @Problems({"PAR-1007", "PAR-1003", "PAR-1011"})
    public void reset(
            @PathParam("code") String code,
            @PathParam("routeClass") String routeClass,
            @Context HttpServletRequest request) {
        String actor = PartnersResource.operatorOnly(request);
        counted(routeClass);
        transactions.call(() -> {
            known(code);
            quotas.reset(actor, code, routeClass);
            return routeClass;
        });
    }

    private void known(String code) {
        partners.byCode(code).orElseThrow(() -> PartnersResource.noSuchPartner(code));
    }

    private static void counted(String routeClass) {
        if (!RouteClasses.ALL.contains(routeClass)) {
            throw new RetailException(
                    PartnerError.NO_SUCH_ROUTE_CLASS, "there is no route " + routeClass + " that is counted");
        }
    }
}
