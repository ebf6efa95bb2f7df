package org.retailhub.order.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.canonical.OrderCheck;
import org.retailhub.order.canonical.WireOrder;
import org.retailhub.order.domain.Placed;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** Placing orders. Requests hold no thread while they wait for the commit. */
@Path("orders")
@RequestScoped
public class PlacementResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final int MOST_ORDERS = 1_000;
    private static final int MOST_BATCH_BYTES = 16 << 20;

    @Inject
    private Placing placing;

    @Context
    private HttpServletRequest request;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.ORDERS_WRITE)
    @Operation(
            operationId = "placeOrder",
            summary = "Place an order",
            description =
                    "Idempotent by channel and channelOrderId: the same content again gets the same order, another content 409"
                            + " with the differing fields. Safe to repeat after any 503.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = WireOrder.class),
                            examples = @ExampleObject(name = "two mugs", value = WireOrder.EXAMPLE)))
    @APIResponse(
            responseCode = "202",
            description = "Stored for good",
            content = @Content(schema = @Schema(implementation = PlacedView.class)))
    @Problems({"ORD-1001", "ORD-1002", "ORD-2003", "ORD-2004", "ORD-2001", "ORD-2002"})
    public void place(
            @Suspended AsyncResponse answer,
            @Parameter(description = "Optional, besides the natural key") @HeaderParam("Idempotency-Key") String key,
            InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        placing.place(caller, read(body, OrderCheck.MOST_BYTES), Optional.ofNullable(key))
                .whenComplete(
                        (placed, failure) -> answer.resume(Answers.response(placed, failure, caller.traceparent())));
    }

    @POST
    @Path("batch")
    @Consumes(NDJSON)
    @Produces(NDJSON)
    @RequiresScope(Scopes.ORDERS_WRITE)
    @Operation(
            operationId = "placeOrders",
            summary = "Place up to 1000 orders, one a line",
            description =
                    "Each line stands for itself; the answer has a verdict per line, in order. Safe to repeat as a whole.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = NDJSON,
                            schema = @Schema(implementation = WireOrder.class),
                            examples = @ExampleObject(name = "two mugs", value = WireOrder.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description =
                    "For each a line {line, status: 202, orderId, orderStatus, replayed, links} or {line, status, problem}",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = LineVerdict.class)))
    @Problems("ORD-1003")
    public void placeAll(@Suspended AsyncResponse answer, InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        placing.admit();
        List<byte[]> lines = batch(body);
        List<CompletableFuture<String>> verdicts = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            verdicts.add(placeLine(caller, lines.get(i))
                    .handle((placed, failure) -> Answers.line(number, placed, failure, caller.traceparent()))
                    .toCompletableFuture());
        }
        CompletableFuture.allOf(verdicts.toArray(CompletableFuture[]::new)).whenComplete((done, failure) -> {
            if (failure != null) {
                answer.resume(failure);
                return;
            }
            StringBuilder text = new StringBuilder(verdicts.size() * 200);
            verdicts.forEach(verdict -> text.append(verdict.join()).append('\n'));
            answer.resume(Response.ok(text.toString(), NDJSON).build());
        });
    }

    private CompletionStage<Placed> placeLine(CallContext caller, byte[] line) {
        if (line.length > OrderCheck.MOST_BYTES) {
            return CompletableFuture.failedFuture(tooLarge(OrderCheck.MOST_BYTES));
        }
        return placing.place(caller, line, Optional.empty());
    }

    static List<byte[]> batch(InputStream body) {
        return lines(read(body, MOST_BATCH_BYTES));
    }

    /** Without empty lines; a number is that of the orders, not of the lines in the file. */
    private static List<byte[]> lines(byte[] body) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                int end = i > start && body[i - 1] == '\r' ? i - 1 : i;
                if (end > start) {
                    lines.add(Arrays.copyOfRange(body, start, end));
                }
                start = i + 1;
            }
        }
        if (lines.isEmpty()) {
            throw new RetailException(RuntimeError.MALFORMED_JSON, "there is no line at line 1, column 1");
        }
        if (lines.size() > MOST_ORDERS) {
            throw new RetailException(
                    OrderError.TOO_MANY_ORDERS, lines.size() + " orders; send " + MOST_ORDERS + " at most");
        }
        return lines;
    }

    static byte[] read(InputStream body, int most) {
        try {
            byte[] read = body.readNBytes(most + 1);
            if (read.length > most) {
                throw tooLarge(most);
            }
            return read;
        } catch (IOException e) {
            throw new RetailException(RuntimeError.MALFORMED_JSON, "the body ended early", e);
        }
    }

    private static RetailException tooLarge(int most) {
        return new RetailException(RuntimeError.BODY_TOO_LARGE, "more than " + most + " bytes");
    }
}
