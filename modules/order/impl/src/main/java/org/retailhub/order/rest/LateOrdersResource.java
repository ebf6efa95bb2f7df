package org.retailhub.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.OrderClocks;
import org.retailhub.order.api.OrderError;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** The list behind the alarms about time: orders that stand longer than their channel's policy allows, or nearly. */
@Path("late-orders")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LateOrdersResource {
    private static final int MOST_LISTED = 200;

    /** By id; {@code next} is the cursor of the next page, absent on the last one. */
    @Schema(name = "LateOrderPage")
    record Page(
            List<LateOrder> orders,
            @Schema(nullable = true) @Nullable String next) {}

    /** An order whose time is over, or nearly. */
    @Schema(name = "LateOrder")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LateOrder(
            String orderId,
            String channel,
            String channelOrderId,
            @Schema(examples = "sourcing") String status,
            Instant statusSince,

            @Schema(description = "What it waits for", examples = "the ERP's verdict on the posting")
            String waitsFor,

            @Schema(description = "Who acts next", examples = "the ERP")
            String actsNext,

            @Schema(description = "When it has to stand elsewhere", examples = "2026-11-23T09:10:00Z")
            Instant deadline,

            @Schema(description = "Whether that time is over; else it is nearly", examples = "true")
            boolean late) {
        static LateOrder of(OrderClocks.Late order, Instant now) {
            return new LateOrder(
                    order.orderId(),
                    order.channel(),
                    order.channelOrderId(),
                    order.status().wire(),
                    order.since(),
                    order.status().waitsFor(),
                    order.status().actsNext(),
                    order.dueAt(),
                    !order.dueAt().isAfter(now));
        }
    }

    @Inject
    private OrderClocks clocks;

    @Inject
    private Clock clock;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.ORDERS_READ)
    @Operation(
            operationId = "findLateOrders",
            summary = "Orders that stand longer than their channel's policy allows, or nearly",
            description = "From four fifths of the time on. By their ids, a page at a time.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems("ORD-2003")
    public Page list(
            @QueryParam("channel") @Nullable String channel,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        CallContext caller = ApiKeyGate.caller(request);
        if (channel != null && !caller.maySpeakFor(channel)) {
            throw new RetailException(OrderError.CHANNEL_FORBIDDEN, "the credential is not for the channel " + channel);
        }
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<OrderClocks.Late> found = clocks.late(new OrderClocks.Query(
                caller.isOperator() ? null : caller.tenant(),
                channel != null ? Set.of(channel) : caller.channels(),
                cursor,
                most + 1));
        boolean more = found.size() > most;
        List<OrderClocks.Late> page = more ? found.subList(0, most) : found;
        Instant now = clock.instant();
        return new Page(
                page.stream().map(each -> LateOrder.of(each, now)).toList(),
                more ? page.get(most - 1).orderId() : null);
    }
}
