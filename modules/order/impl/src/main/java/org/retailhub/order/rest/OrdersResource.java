package org.retailhub.order.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.Completion;
import org.retailhub.order.OrderClocks;
import org.retailhub.order.OrderDesk;
import org.retailhub.order.Policies;
import org.retailhub.order.Shipments;
import org.retailhub.order.StockBook;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.api.OrderView;
import org.retailhub.order.canonical.OrderCheck;
import org.retailhub.order.canonical.WireOrder;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderShipping;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.MayBeOld;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.rest.WireTime;
import org.retailhub.platform.runtime.trace.Trace;

/** Orders that are there: read, found, changed and cancelled. A caller sees those of its tenant and channels, nothing else exists. */
@Path("orders")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {
    private static final int MOST_LISTED = 200;
    private static final int MOST_SMALL_BYTES = 16 << 10;
    private static final int LONGEST_REASON = 200;

    /** Newest first; {@code next} is the cursor of the next page, absent on the last one. */
    @Schema(name = "OrderPage")
    record Page(
            List<OrderDetails> orders,
            @Schema(nullable = true) @Nullable String next) {}

    /** Why an order is cancelled; goes to the ERP with the withdrawal. */
    @Schema(name = "Cancellation")
    record Cancellation(
            @Schema(required = true, maxLength = LONGEST_REASON) @Nullable
            String reason) {}

    @Inject
    private OrderBook book;

    @Inject
    private OrderDesk desk;

    @Inject
    private Policies policies;

    @Inject
    private StockBook stockBook;

    @Inject
    private Shipments shipments;

    @Inject
    private Completion completion;

    @Inject
    private Trace trace;

    @Inject
    private Clock clock;

    @Context
    private HttpServletRequest request;

    @GET
    @MayBeOld
    @Path("{orderId}")
    @RequiresScope(Scopes.ORDERS_READ)
    @Operation(
            operationId = "getOrder",
            summary = "Where an order stands, what it waits for, who acts next, and its content")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OrderDetails.class)))
    @Problems("ORD-2005")
    public Response find(@PathParam("orderId") String orderId) {
        return answer(Response.ok(), visible(orderId));
    }

    private Response answer(Response.ResponseBuilder response, OrderView view) {
        List<String> awaiting =
                view.status() == OrderStatus.AWAITING_MAPPING ? book.awaiting(view.orderId()) : List.of();
        OrderBook.Revision revision = book.current(view.orderId()).orElseThrow();
        OrderShipping shipping = shipments.linesOf(revision);
        String goodsLeft = shipping.hasBegun() ? shipping.isWhole() ? "whole" : "in-part" : null;
        List<OrderDetails.Lack> lacks = stockBook.shortages(view.orderId()).stream()
                .map(OrderDetails.Lack::of)
                .toList();
        OrderDetails.Completed completed =
                completion.of(view.orderId()).map(OrderDetails.Completed::of).orElse(null);
        return response.entity(OrderDetails.of(
                        view, deadline(view), awaiting, lacks, goodsLeft, completed, revision.document()))
                .header("ETag", "\"" + view.version() + "\"")
                .build();
    }

    private @Nullable Instant deadline(OrderView view) {
        return OrderClocks.deadline(policies.of(view.tenant(), view.channel()), view.status(), view.statusSince());
    }

    private OrderView visible(String orderId) {
        CallContext caller = ApiKeyGate.caller(request);
        OrderView view = book.byId(Set.of(orderId)).get(orderId);
        if (view == null || !caller.maySee(view.tenant()) || !caller.maySpeakFor(view.channel())) {
            throw new RetailException(OrderError.ORDER_NOT_FOUND, "no order " + orderId);
        }
        return view;
    }

    @GET
    @RequiresScope(Scopes.ORDERS_READ)
    @Operation(operationId = "findOrders", summary = "Orders, latest placed first, a page at a time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems("ORD-2003")
    public Page search(
            @QueryParam("channel") @Nullable String channel,
            @QueryParam("channelOrderId") @Nullable String channelOrderId,
            @QueryParam("status") @Nullable String status,
            @Parameter(description = "Received at or after, ISO 8601 with offset") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "Received before") @QueryParam("to") @Nullable String to,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        CallContext caller = ApiKeyGate.caller(request);
        if (channel != null && !caller.maySpeakFor(channel)) {
            throw new RetailException(OrderError.CHANNEL_FORBIDDEN, "the credential is not for the channel " + channel);
        }
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<OrderView> found = book.search(new OrderBook.Query(
                caller.isOperator() ? null : caller.tenant(),
                channel != null ? Set.of(channel) : caller.channels(),
                channelOrderId,
                parameter("status", status, OrderStatus::of),
                from == null ? null : WireTime.instant("from", from),
                to == null ? null : WireTime.instant("to", to),
                cursor,
                most + 1));
        boolean more = found.size() > most;
        List<OrderView> page = more ? found.subList(0, most) : found;
        return new Page(
                page.stream()
                        .map(view -> OrderDetails.of(view, deadline(view), List.of(), List.of(), null, null, null))
                        .toList(),
                more ? page.get(most - 1).orderId() : null);
    }

    private static <T> @Nullable T parameter(String name, @Nullable String text, Function<String, T> parse) {
        try {
            return text == null ? null : parse.apply(text);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    name + ": " + message,
                    List.of(new RetailException.Violation(name, message)),
                    e);
        }
    }

    @GET
    @Path("{orderId}/timeline")
    @RequiresScope(Scopes.ORDERS_READ)
    @Operation(operationId = "getOrderTimeline", summary = "An order's hops through this module, oldest first")
    @Problems("ORD-2005")
    public List<Trace.HopView> timeline(@PathParam("orderId") String orderId) {
        visible(orderId);
        return trace.of(orderId);
    }

    @POST
    @Path("{orderId}/changes")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.ORDERS_WRITE)
    @Operation(
            operationId = "changeOrder",
            summary = "Send the whole order anew",
            description =
                    "After the ERP has made its document it gets further ones that return what is less and add what is more; until it has them the"
                            + " order is changing. Where it cannot have them, a person follows: change-awaits-erp. Too late is ORD-2008. The same"
                            + " content as now changes nothing. Channel and order number stay.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = WireOrder.class),
                            examples = @ExampleObject(name = "two mugs", value = WireOrder.EXAMPLE)))
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = OrderDetails.class)))
    @Problems({
        "ORD-1001",
        "ORD-1005",
        "ORD-1006",
        "ORD-2005",
        "ORD-2006",
        "ORD-2007",
        "ORD-2008",
        "ORD-2009",
        "ORD-2033"
    })
    public Response change(
            @PathParam("orderId") String orderId,
            @Parameter(description = "The order's ETag", required = true) @HeaderParam("If-Match") @Nullable
                    String ifMatch,
            InputStream body) {
        visible(orderId);
        int version = EntityTags.version(ifMatch)
                .orElseThrow(() -> new RetailException(OrderError.VERSION_REQUIRED, "read the order first"));
        desk.change(
                ApiKeyGate.caller(request),
                orderId,
                version,
                OrderCheck.parse(PlacementResource.read(body, OrderCheck.MOST_BYTES), clock.instant()));
        return answer(Response.accepted(), visible(orderId));
    }

    @POST
    @Path("{orderId}/cancellations")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.ORDERS_WRITE)
    @Operation(
            operationId = "cancelOrder",
            summary = "Cancel an order",
            description =
                    "What the ERP has made its document of is returned there by another; until it has that the order is cancelling. Where it cannot"
                            + " have it, a person follows: cancellation-awaits-erp. If-Match is optional. Repeating it changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Cancellation.class),
                            examples =
                                    @ExampleObject(
                                            name = "reason",
                                            value = "{\"reason\":\"the buyer changed their mind\"}")))
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = OrderDetails.class)))
    @Problems({"ORD-1004", "ORD-2005", "ORD-2008", "ORD-2007", "ORD-2033"})
    public Response cancel(
            @PathParam("orderId") String orderId, @HeaderParam("If-Match") @Nullable String ifMatch, InputStream body) {
        visible(orderId);
        String reason = StrictJson.read(PlacementResource.read(body, MOST_SMALL_BYTES), Cancellation.class)
                .reason();
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new RetailException(
                    OrderError.INVALID_CANCELLATION,
                    "reason: 1 to " + LONGEST_REASON + " characters",
                    List.of(new RetailException.Violation("reason", "is required")),
                    null);
        }
        desk.cancel(ApiKeyGate.caller(request), orderId, EntityTags.version(ifMatch), reason);
        return answer(Response.accepted(), visible(orderId));
    }
}
