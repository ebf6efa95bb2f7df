package org.retailhub.operations.rest;

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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.retailhub.operations.Alarms;
import org.retailhub.operations.Metrics;
import org.retailhub.operations.Pulse;
import org.retailhub.operations.api.OperationsError;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** Is anything wrong? For people, for a scraper, and what was. */
@Path("/")
@RequestScoped
public class HealthResource {
    private static final int MOST_CLOSED = 1_000;

    @Inject
    private Pulse pulse;

    @Inject
    private Alarms alarms;

    @Inject
    private Metrics metrics;

    @Context
    private HttpServletRequest request;

    @GET
    @Path("health")
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "getHealth",
            summary = "How the hub is: modules, queues, ERPs, and what is wrong",
            description = "For people. Load balancers ask /health/ready on the management port.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HealthView.class)))
    @Problems("OPS-1002")
    public HealthView health() {
        operatorOnly();
        return HealthView.of(pulse.take(), alarms.open());
    }

    @GET
    @Path("alarms")
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listAlarms", summary = "What is wrong now, then what was, each with its runbook")
    @APIResponse(responseCode = "200", description = "Open ones first, then the newest that are over")
    @Problems("OPS-1002")
    public List<HealthView.Raised> alarms(@QueryParam("closed") @DefaultValue("50") int closed) {
        operatorOnly();
        return alarms.list(Math.max(0, Math.min(closed, MOST_CLOSED))).stream()
                .map(HealthView.Raised::of)
                .toList();
    }

    @GET
    @Path("metrics")
    @Produces(MediaType.TEXT_PLAIN)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "getMetrics",
            summary = "The hub's figures as Prometheus reads them",
            description =
                    "A scraper sends an operator's key as a bearer token. JVM, pools and transactions are on the management port,"
                            + " /metrics.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN,
                            schema =
                                    @Schema(
                                            type =
                                                    org.eclipse.microprofile.openapi.annotations.enums.SchemaType
                                                            .STRING)))
    @Problems("OPS-1002")
    public String metrics() {
        operatorOnly();
        return metrics.text();
    }

    private void operatorOnly() {
        if (!ApiKeyGate.caller(request).isOperator()) {
            throw new RetailException(OperationsError.OPERATORS_ONLY, "this credential belongs to a tenant");
        }
    }
}
