package org.retailhub.inventory.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.ExpectedReceipts;
import org.retailhub.inventory.ExpectedReceipts.Taken;
import org.retailhub.inventory.StockDoor;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.ExpectationCheck;
import org.retailhub.inventory.canonical.ExpectationDocument;
import org.retailhub.inventory.canonical.WireExpectation;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.Problem;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.tx.Transactions;

/** What is to come: purchase orders and advices are told line by line, one or many a request. */
@Path("expected-receipts")
@RequestScoped
public class ExpectedReceiptsResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final int MOST_LINES = 1_000;
    private static final int MOST_BATCH_BYTES = 8 << 20;

    @Inject
    private ExpectedReceipts expected;

    @Inject
    private StockDoor door;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    /** A line of a request: checked, or what is wrong with it. */
    private record Read(
            @Nullable ExpectationDocument told, @Nullable RuntimeException failure) {}

    @POST
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @Produces({MediaType.APPLICATION_JSON, NDJSON})
    @RequiresScope(Scopes.INVENTORY_WRITE)
    @Operation(
            operationId = "expectReceipt",
            summary = "Tell what is to come: one line of a purchase order or an advice, or up to 1000, one a line",
            description =
                    "Idempotent by source, document, line and version: a newer version takes the older one's place, an older one changes"
                            + " nothing, another content under the same version is 409 with the differing fields. Receipts (movements)"
                            + " that name the document as their reference reduce what is expected, also if they came first. What an"
                            + " advice says is on its way of an order's line does not count there any more. As application/x-ndjson"
                            + " each line stands for itself, and the answer has a verdict per line, in order.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = WireExpectation.class),
                        examples = @ExampleObject(name = "a hundred mugs", value = WireExpectation.EXAMPLE)),
                @Content(
                        mediaType = NDJSON,
                        schema = @Schema(implementation = WireExpectation.class),
                        examples = @ExampleObject(name = "a hundred mugs", value = WireExpectation.EXAMPLE))
            })
    @APIResponse(
            responseCode = "201",
            description = "The first of its line",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExpectationView.class)))
    @APIResponse(
            responseCode = "200",
            description =
                    "It took an older one's place, held before, or a newer one holds; of many a line each: {line, status, expectedReceipt} or"
                            + " {line, status, problem}",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ExpectationView.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = ExpectationVerdict.class))
            })
    @Problems({"INV-1007", "INV-1041", "INV-1042", "INV-2007", "INV-2008", "INV-2042"})
    public Response expect(
            @Parameter(description = "For operators: whose stock") @QueryParam("tenant") @Nullable String tenant,
            InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        Tenancy.speaksFor(caller, null);
        if (String.valueOf(request.getContentType()).startsWith(NDJSON)) {
            return expectAll(caller, owner, Bodies.lines(Bodies.read(body, MOST_BATCH_BYTES)));
        }
        ExpectationDocument told = ExpectationCheck.parse(Bodies.read(body, ExpectationCheck.MOST_BYTES), door.now());
        Taken taken = take(caller, owner, List.of(told)).get(0);
        return taken.fold(
                written -> json(
                        written.isNew() ? 201 : 200,
                        ExpectationView.of(told, told.version(), written.isNew() ? "taken" : "replaced")),
                unchanged -> json(200, ExpectationView.of(told, told.version(), "unchanged")),
                superseded -> json(200, ExpectationView.of(told, superseded.version(), "superseded")),
                differs -> Answers.response(differs(told, differs, caller)));
    }

    private Response expectAll(CallContext caller, String tenant, List<byte[]> lines) {
        if (lines.size() > MOST_LINES) {
            throw new RetailException(
                    InventoryError.TOO_MANY_EXPECTATIONS, lines.size() + " lines; send " + MOST_LINES + " at most");
        }
        List<Read> read = lines.stream().map(this::read).toList();
        List<ExpectationDocument> good = new ArrayList<>();
        for (Read each : read) {
            if (each.told() != null) {
                good.add(each.told());
            }
        }
        Iterator<Taken> taken = take(caller, tenant, good).iterator();
        StringBuilder text = new StringBuilder(read.size() * 200);
        for (int i = 0; i < read.size(); i++) {
            ExpectationDocument told = read.get(i).told();
            RuntimeException failure = read.get(i).failure();
            text.append(
                            told == null
                                    ? Answers.line(
                                            i + 1,
                                            failure == null ? new IllegalStateException("no line") : failure,
                                            caller.traceparent())
                                    : line(i + 1, told, taken.next(), caller))
                    .append('\n');
        }
        return Response.ok(text.toString(), NDJSON).build();
    }

    private Read read(byte[] line) {
        try {
            return line.length > ExpectationCheck.MOST_BYTES
                    ? new Read(null, Bodies.tooLarge(ExpectationCheck.MOST_BYTES))
                    : new Read(ExpectationCheck.parse(line, door.now()), null);
        } catch (RetailException e) {
            return new Read(null, e);
        }
    }

    private List<Taken> take(CallContext caller, String tenant, List<ExpectationDocument> told) {
        return told.isEmpty()
                ? List.of()
                : door.holdStock(() -> transactions.call(() -> expected.take(tenant, told, caller.traceparent())));
    }

    private static String line(int number, ExpectationDocument told, Taken taken, CallContext caller) {
        return taken.fold(
                written -> verdict(
                        number,
                        written.isNew() ? 201 : 200,
                        ExpectationView.of(told, told.version(), written.isNew() ? "taken" : "replaced")),
                unchanged -> verdict(number, 200, ExpectationView.of(told, told.version(), "unchanged")),
                superseded -> verdict(number, 200, ExpectationView.of(told, superseded.version(), "superseded")),
                differs -> Answers.line(number, differs(told, differs, caller)));
    }

    private static String verdict(int number, int status, ExpectationView view) {
        return Answers.json(new ExpectationVerdict(number, status, view, null));
    }

    private static Response json(int status, ExpectationView view) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Answers.json(view).getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static Problem differs(ExpectationDocument told, Taken.Differs differs, CallContext caller) {
        return Answers.differs(
                InventoryError.EXPECTATION_DIFFERS,
                "version " + told.version() + " of it was told with another content",
                differs.fields(),
                caller.traceparent());
    }
}
