package org.retailhub.inventory.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Ledger;
import org.retailhub.inventory.Movements.Recorded;
import org.retailhub.inventory.StockDoor;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.inventory.canonical.MovementCheck;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.inventory.canonical.WireMovement;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.Problem;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** What moved: told, and read back. Requests hold no thread while they wait for the commit. */
@Path("movements")
@RequestScoped
public class MovementsResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final int MOST_LINES = 1_000;
    private static final int MOST_BATCH_BYTES = 8 << 20;
    private static final int MOST_LISTED = 200;

    /** Newest first; {@code next} is the parameter {@code before} of the next page, absent on the last one. */
    @Schema(name = "LedgerPage")
    record Page(
            List<MovementView> movements,

            @Schema(nullable = true, examples = "17") @Nullable
            String next) {}

    @Inject
    private StockDoor door;

    @Inject
    private Ledger ledger;

    @Context
    private HttpServletRequest request;

    @POST
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @Produces({MediaType.APPLICATION_JSON, NDJSON})
    @RequiresScope(Scopes.INVENTORY_WRITE)
    @Operation(
            operationId = "recordMovement",
            summary = "Tell that stock moved: one movement, or up to 1000, one a line",
            description =
                    "Idempotent by feed and the feed's own number (or document) with the line: the same content again gets the same row"
                            + " of the ledger, another content 409 with the differing fields. Movements of days ago are taken. Safe to"
                            + " repeat after any 503, also as a whole. As application/x-ndjson each line stands for itself, and the"
                            + " answer has a verdict per line, in order.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = WireMovement.class),
                        examples = @ExampleObject(name = "two mugs sold", value = WireMovement.EXAMPLE)),
                @Content(
                        mediaType = NDJSON,
                        schema = @Schema(implementation = WireMovement.class),
                        examples = @ExampleObject(name = "two mugs sold", value = WireMovement.EXAMPLE))
            })
    @APIResponse(
            responseCode = "201",
            description = "In the ledger, for good",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MovementView.class)))
    @APIResponse(
            responseCode = "200",
            description =
                    "It was in the ledger before; of many a line each: {line, status, movement} or {line, status, problem}",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = MovementView.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = MovementVerdict.class))
            })
    @Problems({"INV-1001", "INV-1002", "INV-1007", "INV-2001", "INV-2002", "INV-2007", "INV-2008"})
    public void record(
            @Suspended AsyncResponse answer,
            @Parameter(description = "For operators: whose stock") @QueryParam("tenant") @Nullable String tenant,
            InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        if (String.valueOf(request.getContentType()).startsWith(NDJSON)) {
            recordAll(answer, caller, owner, body);
            return;
        }
        record(caller, owner, Bodies.read(body, MovementCheck.MOST_BYTES))
                .whenComplete((recorded, failure) -> answer.resume(
                        failure != null ? Answers.problem(failure, caller.traceparent()) : one(recorded, caller)));
    }

    private void recordAll(AsyncResponse answer, CallContext caller, String owner, InputStream body) {
        door.admitStock();
        List<byte[]> lines = Bodies.lines(Bodies.read(body, MOST_BATCH_BYTES));
        if (lines.size() > MOST_LINES) {
            throw new RetailException(
                    InventoryError.TOO_MANY_MOVEMENTS, lines.size() + " movements; send " + MOST_LINES + " at most");
        }
        List<CompletableFuture<String>> verdicts = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            byte[] line = lines.get(i);
            CompletionStage<Recorded> stage = line.length > MovementCheck.MOST_BYTES
                    ? CompletableFuture.failedFuture(Bodies.tooLarge(MovementCheck.MOST_BYTES))
                    : record(caller, owner, line);
            verdicts.add(stage.handle((recorded, failure) -> failure != null
                            ? Answers.line(number, failure, caller.traceparent())
                            : line(number, recorded, caller))
                    .toCompletableFuture());
        }
        CompletableFuture.allOf(verdicts.toArray(CompletableFuture[]::new)).whenComplete((done, failure) -> {
            if (failure != null) {
                answer.resume(failure);
                return;
            }
            StringBuilder text = new StringBuilder(verdicts.size() * 300);
            verdicts.forEach(verdict -> text.append(verdict.join()).append('\n'));
            answer.resume(Response.ok(text.toString(), NDJSON).build());
        });
    }

    /** On the caller's thread up to the queue. Failures come by the stage, all of them. */
    private CompletionStage<Recorded> record(CallContext caller, String tenant, byte[] body) {
        try {
            door.admitStock();
            MovementDocument movement = MovementCheck.parse(body, door.now());
            if (movement.channel() != null) {
                Tenancy.speaksFor(caller, movement.channel());
            }
            return door.record(tenant, movement, caller.traceparent());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Response one(Recorded recorded, CallContext caller) {
        return recorded.fold(
                written -> Response.status(written.replayed() ? 200 : 201)
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(Answers.json(MovementView.of(written.row(), written.replayed()))
                                .getBytes(StandardCharsets.UTF_8))
                        .build(),
                differs -> Answers.response(differs(differs, caller)),
                other -> Answers.response(otherUnit(other, caller)));
    }

    private static String line(int number, Recorded recorded, CallContext caller) {
        return recorded.fold(
                written -> "{\"line\":" + number + ",\"status\":" + (written.replayed() ? 200 : 201) + ",\"movement\":"
                        + Answers.json(MovementView.of(written.row(), written.replayed())) + "}",
                differs -> Answers.line(number, differs(differs, caller)),
                other -> Answers.line(number, otherUnit(other, caller)));
    }

    private static Problem differs(Recorded.Differs differs, CallContext caller) {
        return Answers.differs(
                InventoryError.MOVEMENT_DIFFERS,
                "it is movement " + differs.row().number() + " of "
                        + differs.row().position().sku() + " at "
                        + differs.row().position().location(),
                differs.fields(),
                caller.traceparent());
    }

    private static Problem otherUnit(Recorded.OtherUnit other, CallContext caller) {
        String message = "is counted in " + other.unit();
        return Problem.of(
                InventoryError.UNIT_DIFFERS,
                "the stock " + message,
                "unit",
                List.of(new RetailException.Violation("unit", message)),
                caller.traceparent());
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(
            operationId = "listMovements",
            summary = "The ledger of a SKU at a location, newest first, a page at a time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems({"INV-1007", "INV-1008", "INV-2007", "INV-2008"})
    public Page list(
            @QueryParam("sku") @Nullable String sku,
            @QueryParam("location") @Nullable String location,
            @Parameter(description = "next of the page before", example = "17") @QueryParam("before") @Nullable
                    String before,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @Parameter(description = "For operators: whose stock") @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        Tenancy.speaksFor(caller, null);
        Faults faults = new Faults();
        String wanted = faults.key("sku", sku, 64);
        String at = faults.name("location", location);
        if (before != null && !before.matches("\\d{1,18}")) {
            faults.add("before", "must be next of the page before");
        }
        faults.refuse(InventoryError.INVALID_QUESTION);
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        PositionKey position = new PositionKey(
                owner,
                Objects.requireNonNull(wanted, "absence is a fault"),
                Objects.requireNonNull(at, "absence is a fault"));
        List<MovementView> found = ledger.of(position, before == null ? 0 : Long.parseLong(before), most).stream()
                .map(row -> MovementView.of(row, null))
                .toList();
        boolean more = found.size() == most && found.get(most - 1).number() > 1;
        return new Page(found, more ? Long.toString(found.get(most - 1).number()) : null);
    }
}
