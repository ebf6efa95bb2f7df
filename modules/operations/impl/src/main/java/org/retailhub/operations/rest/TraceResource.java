package org.retailhub.operations.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.retailhub.operations.Traces;
import org.retailhub.operations.api.OperationsError;
import org.retailhub.operations.domain.Story;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** One order's way through the hub, by whatever name somebody has of it. */
@Path("trace")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TraceResource {
    private static final int LONGEST = 300;

    @Inject
    private Traces traces;

    @Context
    private HttpServletRequest request;

    @GET
    @Path("{name: .+}")
    @RequiresScope(Scopes.TRACE_READ)
    @Operation(
            operationId = "getTrace",
            summary = "Everything that happened to an order, from the channel's delivery to the ERP's document",
            description =
                    "By any name: the order's id or the channel's number, tenant/channel/number, the id of a payload, a delivery, a"
                            + " message, a case or a trace (of the last 24 hours), a channel's document such as order/4711, the ERP's document."
                            + " A caller sees its own tenant's and channels'. Names, addresses and free text are masked without the scope"
                            + " personal:read.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TraceView.class)))
    @Problems("OPS-1001")
    public Response trace(
            @Parameter(description = "Any name that it has", example = "1001") @PathParam("name") String name) {
        if (name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "name: 1 to " + LONGEST + " printable characters",
                    List.of(new RetailException.Violation("name", "1 to " + LONGEST + " printable characters")),
                    null);
        }
        CallContext caller = ApiKeyGate.caller(request);
        Story story = traces.of(name, caller)
                .orElseThrow(() -> new RetailException(OperationsError.NO_TRACE, "nothing is called '" + name + "'"));
        return Response.ok(TraceView.of(name, story, caller.scopes().contains(Scopes.PERSONAL_READ)))
                .header("Cache-Control", "no-store")
                .build();
    }
}
