package org.retailhub.order.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.Policies;
import org.retailhub.order.canonical.FulfilmentPolicy;
import org.retailhub.order.canonical.WirePolicy;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** What channels' orders pass before they go to the ERP, for operators. Each version is kept with who set it. */
@Path("fulfilment-policies")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PoliciesResource {
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_VERSIONS = 100;

    /** Newest first, 100 at most. */
    @Schema(name = "FulfilmentPolicyVersions")
    record Versions(List<PolicyView> versions) {}

    @Inject
    private Policies policies;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @GET
    @Path("{channel}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "getFulfilmentPolicy",
            summary = "What a channel's orders pass before they go to the ERP",
            description = "Version 0, mode none, if nobody set one.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PolicyView.class)))
    @Problems({"ORD-1008", "ORD-2012"})
    public PolicyView find(@PathParam("channel") String channel, @QueryParam("tenant") @Nullable String tenant) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        return PolicyView.of(channel, policies.current(owner, channel));
    }

    @GET
    @Path("{channel}/versions")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listFulfilmentPolicyVersions", summary = "Each version, and who set it, newest first")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Versions.class)))
    @Problems({"ORD-1008", "ORD-2012"})
    public Versions versions(@PathParam("channel") String channel, @QueryParam("tenant") @Nullable String tenant) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        return new Versions(policies.versions(owner, channel, MOST_VERSIONS).stream()
                .map(each -> PolicyView.of(channel, Optional.of(each)))
                .toList());
    }

    @PUT
    @Path("{channel}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "setFulfilmentPolicy",
            summary = "Set what a channel's orders pass before they go to the ERP",
            description =
                    "In force on every server within a second, for orders that come or are looked at then. The same again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = WirePolicy.class),
                            examples = @ExampleObject(name = "stock is held first", value = WirePolicy.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "It holds",
            content = @Content(schema = @Schema(implementation = PolicyView.class)))
    @Problems({"ORD-1007", "ORD-1008", "ORD-2012"})
    public PolicyView set(
            @PathParam("channel") String channel, @QueryParam("tenant") @Nullable String tenant, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        FulfilmentPolicy wanted = StrictJson.read(PlacementResource.read(body, MOST_BYTES), WirePolicy.class)
                .checked(0, channel);
        String owner = Tenancy.tenant(caller, tenant);
        Policies.Version set = transactions.call(() -> policies.set(caller.partner(), owner, channel, wanted));
        policies.forget();
        return PolicyView.of(channel, Optional.of(set));
    }
}
