package org.retailhub.channel.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.Connections;
import org.retailhub.channel.Connectors;
import org.retailhub.channel.StockDesk;
import org.retailhub.channel.StockDesk.Taught;
import org.retailhub.channel.StockMappings;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Connector;
import org.retailhub.channel.domain.StockTelling;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** What a channel calls our SKUs and places, for operators. Each method is one transaction. */
@Path("connections/{code}/stock-names")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "channel")
public class StockMappingsResource {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LISTED = 1_000;

    /** @param next give it as {@code after} for the next page; absent on the last */
    @Schema(name = "StockNames")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(
            List<NewStockNames.Item> items,
            List<NewStockNames.Place> locations,
            @Nullable String next) {}

    /** How many were news. */
    @Schema(name = "StockNamesKept")
    record Kept(@Schema(examples = "1") int changed) {}

    @Inject
    private Connections connections;

    @Inject
    private Connectors connectors;

    @Inject
    private StockMappings mappings;

    @Inject
    private StockDesk desk;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listStockNames", summary = "What a channel calls our SKUs and places")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems({"CHN-2004", "CHN-2009"})
    public Page list(
            @PathParam("code") String code,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        operatorOnly();
        if (connections.byCode(code).isEmpty()) {
            throw notFound(code);
        }
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<StockMappings.Item> found = mappings.items(code, after, most + 1);
        return new Page(
                found.stream().limit(most).map(NewStockNames.Item::of).toList(),
                mappings.places(code).stream().map(NewStockNames.Place::of).toList(),
                found.size() > most ? found.get(most - 1).sku() : null);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "teachStockNames",
            summary = "Say what a channel calls our SKUs and places",
            description =
                    "Up to 1,000 at a time; all or none. What waited for a name is sent at once. A location without name of ours is all that the"
                            + " channel sells from, shown as one place; an empty name of the channel's: it is told nothing of that place.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewStockNames.class),
                            examples = @ExampleObject(name = "an item and the pool", value = NewStockNames.EXAMPLE)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Kept.class)))
    @Problems({"CHN-1007", "CHN-2004", "CHN-2009", "CHN-2012", "CHN-2013"})
    public Kept teach(@PathParam("code") String code, byte[] body) {
        operatorOnly();
        if (body.length > MOST_BYTES) {
            throw new RetailException(RuntimeError.BODY_TOO_LARGE, "at most " + MOST_BYTES + " bytes");
        }
        NewStockNames wanted = StrictJson.read(body, NewStockNames.class);
        StockTelling telling = telling(code);
        List<StockMappings.Item> items = wanted.checkedItems(telling);
        List<StockMappings.Place> places = wanted.checkedPlaces(telling);
        return transactions.call(() -> {
            int changed = kept(code, desk.teachItems(code, items));
            for (StockMappings.Place place : places) {
                changed += kept(code, desk.teachPlace(code, place));
            }
            return new Kept(changed);
        });
    }

    private StockTelling telling(String code) {
        String kind = connections.byCode(code).orElseThrow(() -> notFound(code)).kind();
        return connectors
                .ofKind(kind)
                .flatMap(Connector::stock)
                .orElseThrow(() ->
                        new RetailException(ChannelError.NOT_TOLD_OF_STOCK, "a " + kind + " connection is not told"));
    }

    private static int kept(String code, Taught taught) {
        if (taught instanceof Taught.Kept kept) {
            return kept.changed();
        }
        if (taught instanceof Taught.Taken taken) {
            throw new RetailException(
                    ChannelError.STOCK_NAME_TAKEN,
                    String.join(", ", taken.by()),
                    taken.by().stream()
                            .map(each -> new Violation("items", each))
                            .toList(),
                    null);
        }
        throw notFound(code);
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
