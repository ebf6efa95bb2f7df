package org.retailhub.channel.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.Connections;
import org.retailhub.channel.StockBoard;
import org.retailhub.channel.StockDesk;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Publication.State;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** What a channel is to show and how far it is told, for operators. */
@Path("connections/{code}/stock-publications")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "channel")
public class StockPublicationsResource {
    private static final int MOST_BYTES = 4 << 10;
    private static final int MOST_LISTED = 500;

    /** Which are sent again; absent: any. */
    @Schema(name = "StockResend")
    record Resend(
            @Nullable String sku,

            @Schema(enumeration = {"due", "sending", "sent", "unknown", "failed"}) @Nullable
            String state) {}

    /** How many are sent again. */
    @Schema(name = "StockResent")
    record Resent(@Schema(examples = "3") int due) {}

    @Inject
    private Connections connections;

    @Inject
    private StockBoard board;

    @Inject
    private StockDesk desk;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "listStockPublications",
            summary = "What a channel is to show, what it lacks, since when and why",
            description =
                    "In the order of SKUs and locations. The newest value is asked for when it is sent; one is on its way at a time. waitsFor: the"
                            + " channel's item or location is not known yet, or inventory knows no stock.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = StockPublicationView.Page.class)))
    @Problems({"CHN-2004", "CHN-2009"})
    public StockPublicationView.Page list(
            @PathParam("code") String code,
            @Parameter(description = "due, sending, sent, unknown or failed; absent: all", example = "failed")
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        operatorOnly();
        State wanted = state(state);
        StockBoard.Place from = StockPublicationView.cursor(after);
        if (connections.byCode(code).isEmpty()) {
            throw notFound(code);
        }
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        return StockPublicationView.page(board.page(code, wanted, from, most + 1), most, board.summary(code));
    }

    @POST
    @Path("resend")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "resendStockPublications",
            summary = "Send the newest once more",
            description =
                    "Of a SKU, of those in a state, or all: values are absolute, so that again changes nothing but"
                            + " what the channel shows wrongly.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Resend.class),
                            examples = @ExampleObject(name = "failed ones", value = "{\"state\":\"failed\"}")))
    @APIResponse(
            responseCode = "202",
            description = "They are due",
            content = @Content(schema = @Schema(implementation = Resent.class)))
    @Problems({"CHN-2004", "CHN-2009"})
    public Response resend(@PathParam("code") String code, byte[] body) {
        operatorOnly();
        if (body.length > MOST_BYTES) {
            throw new RetailException(RuntimeError.BODY_TOO_LARGE, "at most " + MOST_BYTES + " bytes");
        }
        Resend wanted = StrictJson.read(body, Resend.class);
        State state = state(wanted.state());
        Integer due = transactions.call(() -> desk.resend(code, wanted.sku(), state));
        if (due == null) {
            throw notFound(code);
        }
        return Response.accepted(new Resent(due)).build();
    }

    private static @Nullable State state(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (State state : State.values()) {
            if (state.wire().equals(text.toLowerCase(Locale.ROOT))) {
                return state;
            }
        }
        String message = "due, sending, sent, unknown or failed";
        throw new RetailException(
                RuntimeError.INVALID_PARAMETER, "state: " + message, List.of(new Violation("state", message)), null);
    }

    private void operatorOnly() {
        if (!ApiKeyGate.caller(request).isOperator()) {
            throw new RetailException(ChannelError.OPERATORS_ONLY, "this credential belongs to a tenant");
        }
    }

    private static RetailException notFound(String code) {
        return new RetailException(ChannelError.CONNECTION_NOT_FOUND, "no connection " + code);
    }
}
