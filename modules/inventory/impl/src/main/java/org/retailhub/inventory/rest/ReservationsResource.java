package org.retailhub.inventory.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Reservations;
import org.retailhub.inventory.Reserving.Reserved;
import org.retailhub.inventory.Settling.Kind;
import org.retailhub.inventory.Settling.Settled;
import org.retailhub.inventory.Settling.Step;
import org.retailhub.inventory.StockDoor;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.inventory.canonical.ReservationCheck;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.StepDocument;
import org.retailhub.inventory.canonical.WireReservation;
import org.retailhub.inventory.canonical.WireStep;
import org.retailhub.inventory.domain.Reservation;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.Problem;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;

/** Holding stock. Requests hold no thread while they wait for the commit. A caller sees what is its tenant's and its channels'. */
@Path("reservations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ReservationsResource {
    private static final int MOST_STEP_BYTES = 64 << 10;
    /** The document of a cancellation by DELETE: there is one at most. */
    private static final String CANCELLED = "cancelled";

    @Inject
    private StockDoor door;

    @Inject
    private Reservations reservations;

    @Context
    private HttpServletRequest request;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.INVENTORY_RESERVE)
    @Operation(
            operationId = "reserveStock",
            summary = "Hold stock for somebody",
            description =
                    "All or nothing, or with `partial` as much as there is. Never more than on hand less reserved and safety: what is held is"
                            + " there. Idempotent by reference: the same content again gets the same reservation, whatever became of it"
                            + " since; another content 409. Safe to repeat after any 503.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = WireReservation.class),
                            examples = @ExampleObject(name = "mugs and a bundle", value = WireReservation.EXAMPLE)))
    @APIResponse(
            responseCode = "201",
            description = "It is held",
            content = @Content(schema = @Schema(implementation = ReservationView.class)))
    @APIResponse(
            responseCode = "200",
            description = "It was made before",
            content = @Content(schema = @Schema(implementation = ReservationView.class)))
    @Problems({"INV-1003", "INV-1007", "INV-2003", "INV-2004", "INV-2007", "INV-2008", "INV-2010"})
    public void reserve(
            @Suspended AsyncResponse answer,
            @Parameter(description = "For operators: whose stock") @QueryParam("tenant") @Nullable String tenant,
            InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        door.admitOrders();
        ReservationDocument document =
                ReservationCheck.parse(Bodies.read(body, ReservationCheck.MOST_BYTES), door.now());
        Tenancy.speaksFor(caller, document.channel());
        door.reserve(owner, document, caller.traceparent())
                .whenComplete((reserved, failure) -> answer.resume(
                        failure != null
                                ? Answers.problem(failure, caller.traceparent())
                                : answer(reserved, caller.traceparent())));
    }

    private static Response answer(Reserved reserved, String traceparent) {
        return reserved.fold(
                held -> json(held.replayed() ? 200 : 201, ReservationView.of(held.reservation(), held.replayed())),
                outOfStock -> Answers.response(Problem.of(
                        InventoryError.OUT_OF_STOCK,
                        "nothing is held",
                        field(outOfStock.shortages().get(0).line()),
                        outOfStock.shortages().stream()
                                .map(shortage -> new RetailException.Violation(
                                        field(shortage.line()),
                                        "of " + shortage.position().sku() + " at "
                                                + shortage.position().location() + " "
                                                + MovementView.text(shortage.wanted()) + " are wanted and "
                                                + MovementView.text(shortage.available()) + " available"))
                                .toList(),
                        traceparent)),
                differs -> Answers.response(Answers.differs(
                        InventoryError.RESERVATION_DIFFERS,
                        "it is reservation " + differs.reservation().id(),
                        differs.fields(),
                        traceparent)),
                outside -> Answers.response(Problem.of(
                        InventoryError.OUTSIDE_POOL,
                        "the channel does not sell from " + outside.location(),
                        "lines[" + outside.line() + "].location",
                        List.of(new RetailException.Violation(
                                "lines[" + outside.line() + "].location", "is not in the channel's pool")),
                        traceparent)),
                tooLate -> Answers.response(Problem.of(
                        InventoryError.INVALID_RESERVATION,
                        "expiresAt is over",
                        "expiresAt",
                        List.of(new RetailException.Violation("expiresAt", "must be later than now")),
                        traceparent)));
    }

    private static String field(int line) {
        return "lines[" + line + "].quantity";
    }

    private static Response json(int status, Object view) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Answers.json(view).getBytes(StandardCharsets.UTF_8))
                .build();
    }

    @GET
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(operationId = "findReservation", summary = "The reservation of a reference, as it stands")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReservationView.class)))
    @Problems({"INV-1007", "INV-1008", "INV-2005", "INV-2008"})
    public ReservationView find(
            @Parameter(description = "The owner's name of it", example = "order-1001")
                    @QueryParam("reference")
                    @Nullable
                    String reference,
            @Parameter(description = "For operators: whose") @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        Faults faults = new Faults();
        String wanted = faults.key("reference", reference, 128);
        faults.refuse(InventoryError.INVALID_QUESTION);
        return reservations
                .find(owner, String.valueOf(wanted))
                .filter(found -> isVisible(caller, found))
                .map(found -> ReservationView.of(found, null))
                .orElseThrow(() -> notFound("with this reference"));
    }

    @GET
    @Path("{reservationId}")
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(operationId = "getReservation", summary = "A reservation as it stands")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReservationView.class)))
    @Problems("INV-2005")
    public ReservationView get(@PathParam("reservationId") String reservationId) {
        return ReservationView.of(visible(reservationId), null);
    }

    private Reservation visible(String reservationId) {
        CallContext caller = ApiKeyGate.caller(request);
        return reservations
                .find(reservationId)
                .filter(found -> isVisible(caller, found))
                .orElseThrow(() -> notFound(reservationId));
    }

    private static boolean isVisible(CallContext caller, Reservation found) {
        String channel = found.channel();
        boolean itsChannel =
                channel == null ? caller.isOperator() || caller.channels().isEmpty() : caller.maySpeakFor(channel);
        return caller.maySee(found.tenant()) && itsChannel;
    }

    private static RetailException notFound(String what) {
        return new RetailException(InventoryError.RESERVATION_NOT_FOUND, "no reservation " + what);
    }

    @DELETE
    @Path("{reservationId}")
    @RequiresScope(Scopes.INVENTORY_RESERVE)
    @Operation(
            operationId = "cancelReservation",
            summary = "Give back all that is still held",
            description = "Repeating it changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "Nothing is held any more",
            content = @Content(schema = @Schema(implementation = ReservationView.class)))
    @Problems({"INV-2005", "INV-2009"})
    public void cancel(@Suspended AsyncResponse answer, @PathParam("reservationId") String reservationId) {
        settle(answer, reservationId, Kind.RELEASE, new StepDocument(CANCELLED, List.of()));
    }

    @POST
    @Path("{reservationId}/releases")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.INVENTORY_RESERVE)
    @Operation(
            operationId = "releaseStock",
            summary = "Give back what is held, all or some of it",
            description = "Idempotent by document.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = WireStep.class),
                            examples = @ExampleObject(name = "two mugs", value = WireStep.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "The reservation as it stands now",
            content = @Content(schema = @Schema(implementation = ReservationView.class)))
    @Problems({"INV-1006", "INV-2005", "INV-2006", "INV-2009"})
    public void release(
            @Suspended AsyncResponse answer, @PathParam("reservationId") String reservationId, InputStream body) {
        settle(answer, reservationId, Kind.RELEASE, step(reservationId, body));
    }

    @POST
    @Path("{reservationId}/consumptions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.INVENTORY_RESERVE)
    @Operation(
            operationId = "consumeStock",
            summary = "Tell that what was held has left, all or some of it",
            description =
                    "It is neither held nor on hand any more. Idempotent by document, such as a shipment's number.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = WireStep.class),
                            examples = @ExampleObject(name = "two mugs", value = WireStep.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "The reservation as it stands now",
            content = @Content(schema = @Schema(implementation = ReservationView.class)))
    @Problems({"INV-1006", "INV-2005", "INV-2006", "INV-2009"})
    public void consume(
            @Suspended AsyncResponse answer, @PathParam("reservationId") String reservationId, InputStream body) {
        settle(answer, reservationId, Kind.CONSUME, step(reservationId, body));
    }

    /** What is not there has no body worth reading. */
    private StepDocument step(String reservationId, InputStream body) {
        visible(reservationId);
        return StepDocument.check("", StrictJson.read(Bodies.read(body, MOST_STEP_BYTES), WireStep.class));
    }

    private void settle(AsyncResponse answer, String reservationId, Kind kind, StepDocument document) {
        CallContext caller = ApiKeyGate.caller(request);
        door.admitOrders();
        Reservation found = visible(reservationId);
        CompletionStage<Settled> settled =
                door.settle(new Step(found.tenant(), reservationId, "", kind, document, caller.traceparent(), ""));
        settled.whenComplete((done, failure) -> answer.resume(
                failure != null ? Answers.problem(failure, caller.traceparent()) : answer(done, caller.traceparent())));
    }

    private static Response answer(Settled settled, String traceparent) {
        return settled.fold(
                done -> json(200, ReservationView.of(done.reservation(), done.replayed())),
                unknown -> Answers.problem(notFound("any more"), traceparent),
                notHeld -> Answers.response(Problem.of(
                        InventoryError.NOT_HELD,
                        "the reservation is " + notHeld.reservation().state().wire(),
                        notHeld.positions().isEmpty() ? null : "items",
                        notHeld.positions().stream()
                                .map(position -> new RetailException.Violation(
                                        "items", position.sku() + " at " + position.location() + ": less is held"))
                                .toList(),
                        traceparent)),
                differs -> Answers.response(Answers.differs(
                        InventoryError.STEP_DIFFERS,
                        "see the movements of the reservation "
                                + differs.reservation().id(),
                        List.of("items"),
                        traceparent)));
    }
}
