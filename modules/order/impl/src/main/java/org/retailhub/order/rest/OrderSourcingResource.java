package org.retailhub.order.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.retailhub.order.SourcingDecisions;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderView;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.sourcing.DecisionDocument;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** Why an order is sent from where it is sent. */
@Path("orders/{orderId}/sourcing")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OrderSourcingResource {
    private static final int MOST_LISTED = 10;

    /** What was decided about an order. */
    @Schema(name = "OrderSourcing")
    record Decisions(
            String orderId,

            @Schema(description = "Newest first, 10 at most; none if it was never sourced")
            List<Decided> decisions) {}

    /** A decision with its rule. */
    @Schema(name = "OrderSourcingDecision")
    record Decided(
            @Schema(description = "Counts the decisions about the order, from 1", examples = "1")
            int attempt,

            @Schema(examples = "2026-11-23T09:00:01Z") Instant decidedAt,

            @Schema(description = "built-in where the tenant had none", examples = "shop-eu-stores")
            String ruleId,

            @Schema(description = "0 for the built-in one", examples = "3")
            int ruleVersion,

            DecisionDocument decision) {}

    @Inject
    private OrderBook book;

    @Inject
    private SourcingDecisions decisions;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.ORDERS_READ)
    @Operation(
            operationId = "getOrderSourcing",
            summary = "From where an order is sent, and why: candidates, points, and why others were rejected")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Decisions.class)))
    @Problems("ORD-2005")
    public Decisions get(@PathParam("orderId") String orderId) {
        CallContext caller = ApiKeyGate.caller(request);
        OrderView view = book.byId(Set.of(orderId)).get(orderId);
        if (view == null || !caller.maySee(view.tenant()) || !caller.maySpeakFor(view.channel())) {
            throw new RetailException(OrderError.ORDER_NOT_FOUND, "no order " + orderId);
        }
        return new Decisions(
                orderId,
                decisions.of(orderId, MOST_LISTED).stream()
                        .map(each -> new Decided(
                                each.attempt(), each.decidedAt(), each.ruleId(), each.ruleVersion(), each.decision()))
                        .toList());
    }
}
