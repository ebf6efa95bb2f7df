package org.retailhub.masterdata.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.retailhub.masterdata.CustomerDesk;
import org.retailhub.masterdata.domain.PersonalDataMode;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** How personal data of a tenant are kept, for operators. */
@Path("/tenants/{tenant}/personal-data")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "masterdata")
public class PersonalDataModeResource {
    @Inject
    private CustomerDesk desk;

    @Inject
    private Transactions transactions;

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "setPersonalDataMode",
            summary = "Say how personal data of a tenant are kept",
            description =
                    "Idempotent. With hash-only what is readable of its customers is taken away at once, and does not come back by itself.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = PersonalDataModeDocument.class),
                            examples = @ExampleObject(name = "hashes", value = "{\"mode\":\"hash-only\"}")))
    @APIResponse(
            responseCode = "200",
            description = "How they are kept now",
            content = @Content(schema = @Schema(implementation = PersonalDataModeDocument.class)))
    @Problems({"MAS-1018", "MAS-1007", "MAS-1008"})
    public PersonalDataModeDocument put(
            @PathParam("tenant") String tenant, byte[] body, @Context HttpServletRequest request) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        PersonalDataMode mode =
                StrictJson.read(body, PersonalDataModeDocument.class).checked();
        return transactions.call(() -> {
            desk.keep(owner, mode, caller.partner());
            return new PersonalDataModeDocument(mode.wire());
        });
    }

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "getPersonalDataMode", summary = "Read how personal data of a tenant are kept")
    @APIResponse(
            responseCode = "200",
            description = "How they are kept",
            content = @Content(schema = @Schema(implementation = PersonalDataModeDocument.class)))
    @Problems({"MAS-1007", "MAS-1008"})
    public PersonalDataModeDocument get(@PathParam("tenant") String tenant, @Context HttpServletRequest request) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        return transactions.call(
                () -> new PersonalDataModeDocument(desk.mode(owner).wire()));
    }
}
