package org.retailhub.channel.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.Connections;
import org.retailhub.channel.StoreStock;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Connection;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** A store's own stock, for its point of sale: whole at first, then what changed. */
@Path("{connection}/stock")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "channel")
public class StoreStockResource {
    private static final int MOST_LISTED = 2_000;

    /** A SKU in the store, in its unit. */
    @Schema(name = "StoreStockLine")
    record Line(
            String sku,

            @Schema(examples = "EA") String unit,

            @Schema(description = "What is there", examples = "42")
            String onHand,

            @Schema(description = "Held for orders", examples = "3")
            String reserved,

            @Schema(
                    description = "On hand less reserved and safety; below 0 if more was sold than was there",
                    examples = "37")
            String available,

            @Schema(description = "Number of the position's newest movement", examples = "17")
            long movement,

            @Schema(examples = "2026-11-23T09:00:01.123456Z")
            Instant recordedAt) {
        static Line of(StoreStock.Line line) {
            return new Line(
                    line.sku(),
                    line.unit(),
                    text(line.onHand()),
                    text(line.reserved()),
                    text(line.available()),
                    line.movement(),
                    line.recordedAt());
        }

        private static String text(BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
    }

    /** What changed. */
    @Schema(name = "StoreStock")
    record Page(
            @Schema(examples = "berlin-1") String location,

            @Schema(
                    description =
                            "Each SKU once, the one that changed longest ago first; replaces what was known of it")
            List<Line> items,

            @Schema(description = "Give it as after the next time", examples = "48210~MUG-WHITE")
            String cursor,

            @Schema(description = "Whether there is more at once")
            boolean more) {}

    @Inject
    private Connections connections;

    @Inject
    private StoreStock stock;

    @Context
    private HttpServletRequest servlet;

    @Context
    private Request request;

    @GET
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(
            operationId = "getStoreStock",
            summary = "What is in a store, and what changed since",
            description =
                    "Of the location that a connection of kind pos is bound to, and of no other. Without after the whole; with the cursor of the"
                            + " answer before what changed since, possibly nothing. With If-None-Match: 304 if the answer is the same.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @APIResponse(responseCode = "304", description = "As before")
    @Problems({"CHN-2014", "CHN-2015"})
    public Response changes(
            @PathParam("connection") String code,
            @Parameter(description = "The cursor of the answer before", example = "48210~MUG-WHITE")
                    @QueryParam("after")
                    @Nullable
                    String after,
            @QueryParam("limit") @DefaultValue("500") int limit) {
        CallContext caller = ApiKeyGate.caller(servlet);
        Connection store = connections
                .byCode(code)
                .filter(each -> each.kind().equals(Connection.POS) && each.active())
                .filter(each -> caller.maySee(each.tenant()) && caller.maySpeakFor(each.channel()))
                .orElseThrow(() -> new RetailException(ChannelError.NO_STORE, "no store " + code));
        StoreStock.Cursor from = StoreStock.Cursor.of(after);
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<StoreStock.Line> found = stock.changedAfter(store.tenant(), store.account(), from, most + 1);
        boolean more = found.size() > most;
        List<StoreStock.Line> page = more ? found.subList(0, most) : found;
        StoreStock.Line last = page.isEmpty() ? null : page.get(page.size() - 1);
        String cursor = (last == null ? from : new StoreStock.Cursor(last.xid(), last.sku())).wire();
        EntityTag tag = new EntityTag(Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((cursor + (more ? " and more " : " ") + page.size()).getBytes(StandardCharsets.UTF_8)));
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged.tag(tag).build();
        }
        return Response.ok(new Page(store.account(), page.stream().map(Line::of).toList(), cursor, more))
                .tag(tag)
                .header("Cache-Control", "no-cache")
                .build();
    }
}
