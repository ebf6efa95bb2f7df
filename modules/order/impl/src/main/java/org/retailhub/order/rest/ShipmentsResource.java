package org.retailhub.order.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.ShipmentDesk;
import org.retailhub.order.Shipments;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderView;
import org.retailhub.order.canonical.ShipmentCheck;
import org.retailhub.order.canonical.ShipmentDocument;
import org.retailhub.order.canonical.WireShipment;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;

/** What left for an order: told by warehouses and their service providers, and looked at. */
@Path("orders/{orderId}/shipments")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ShipmentsResource {
    private static final int MOST_SMALL_BYTES = 16 << 10;
    private static final int LONGEST_RESOLUTION = 200;

    /** What a person did about more than was ordered. */
    @Schema(name = "ShipmentResolution")
    record Resolution(
            @Schema(required = true, maxLength = LONGEST_RESOLUTION, examples = "billed by invoice 4711") @Nullable
            String resolution) {}

    /** What a confirmation is answered with. */
    @Schema(name = "ConfirmedShipment")
    record Confirmed(
            String orderId,
            @Schema(examples = "WH1-4711") String shipmentNumber,

            @Schema(description = "Where the order stands now", examples = "partially-shipped")
            String status,

            @Schema(description = "Whether it was confirmed before, with the same content", examples = "false")
            boolean replayed) {}

    @Inject
    private OrderBook book;

    @Inject
    private Shipments shipments;

    @Inject
    private ShipmentDesk desk;

    @Inject
    private Clock clock;

    @Context
    private HttpServletRequest request;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.SHIPMENTS_WRITE)
    @Operation(
            operationId = "confirmShipment",
            summary = "Goods of an order have left",
            description =
                    "Idempotent by shipmentNumber: 201, and 200 for the same again; another content is ORD-2031 with the fields. More than was ordered is"
                            + " taken as well. Before the ERP has acknowledged the order, the order does not move by it.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = WireShipment.class),
                            examples = @ExampleObject(name = "one parcel", value = WireShipment.EXAMPLE)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Confirmed.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Confirmed.class)))
    @Problems({"ORD-1031", "ORD-1032", "ORD-2005", "ORD-2031", "ORD-2032"})
    public Response confirm(@PathParam("orderId") String orderId, InputStream body) {
        visible(orderId);
        ShipmentDocument shipment =
                ShipmentCheck.parse(PlacementResource.read(body, ShipmentCheck.MOST_BYTES), clock.instant());
        boolean replayed = desk.confirm(ApiKeyGate.caller(request), orderId, shipment);
        OrderView view = visible(orderId);
        return Response.status(replayed ? Response.Status.OK : Response.Status.CREATED)
                .header("Location", Answers.path(orderId) + "/shipments")
                .entity(new Confirmed(
                        orderId, shipment.shipmentNumber(), view.status().wire(), replayed))
                .build();
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
    @Operation(
            operationId = "getOrderShipments",
            summary = "What left for an order, line by line and shipment by shipment")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShipmentView.All.class)))
    @Problems("ORD-2005")
    public ShipmentView.All list(@PathParam("orderId") String orderId) {
        OrderView view = visible(orderId);
        return ShipmentView.All.of(view, shipments.linesOf(book.current(orderId).orElseThrow()), shipments.of(orderId));
    }

    @POST
    @Path("{shipmentNumber}/resolutions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "resolveOverShipment",
            summary = "Somebody has looked at what was more than ordered",
            description = "Ends the alarm OPS-2031 for this shipment. The first resolution stays.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Resolution.class),
                            examples =
                                    @ExampleObject(
                                            name = "billed",
                                            value = "{\"resolution\":\"billed by invoice 4711\"}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShipmentView.All.class)))
    @Problems({"ORD-1031", "ORD-2005", "ORD-2034"})
    public ShipmentView.All resolve(
            @PathParam("orderId") String orderId,
            @Parameter(description = "Of the warehouse's system", example = "WH1-4711") @PathParam("shipmentNumber")
                    String shipmentNumber,
            InputStream body) {
        visible(orderId);
        String words = StrictJson.read(PlacementResource.read(body, MOST_SMALL_BYTES), Resolution.class)
                .resolution();
        if (words == null || words.isBlank() || words.length() > LONGEST_RESOLUTION) {
            throw new RetailException(
                    OrderError.INVALID_SHIPMENT,
                    "resolution: 1 to " + LONGEST_RESOLUTION + " characters",
                    List.of(new RetailException.Violation("resolution", "is required")),
                    null);
        }
        desk.resolve(ApiKeyGate.caller(request), orderId, shipmentNumber, words);
        return list(orderId);
    }
}
