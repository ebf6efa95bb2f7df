package org.retailhub.inventory.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.ExpectedReceipts;
import org.retailhub.inventory.Rules;
import org.retailhub.inventory.StockDoor;
import org.retailhub.inventory.StockHistory;
import org.retailhub.inventory.StockQuestions;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.WireTime;

/** What can be sold. Requests hold no thread: those that wait are answered by one statement. */
@Path("availability")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AvailabilityResource {
    private static final int MOST_PAIRS = 500;

    @Inject
    private StockDoor door;

    @Inject
    private StockHistory history;

    @Inject
    private ExpectedReceipts receipts;

    @Inject
    private Rules rules;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(
            operationId = "getAvailability",
            summary = "What can be sold of up to 500 pairs of SKU and location",
            description =
                    "Of each SKU at each location; without a location over all, or over those that the channel sells from. On hand counts"
                            + " sales that the ERP does not know yet. With a channel: what it may show, after its buffer, cap and minimum."
                            + " What the same caller wrote before is in it. With expected: what is still to come by purchase orders and advices.")
    @APIResponse(
            responseCode = "200",
            description = "What is true now",
            content = @Content(schema = @Schema(implementation = AvailabilityView.class)))
    @Problems({"RUN-3006", "INV-1005", "INV-1007", "INV-1008", "INV-2007", "INV-2008"})
    public void find(
            @Suspended AsyncResponse answer,
            @Parameter(description = "Stock keeping units, any number of times", example = "MUG-WHITE")
                    @QueryParam("sku")
                    List<String> skus,
            @Parameter(description = "Locations, any number of times", example = "berlin-1") @QueryParam("location")
                    List<String> locations,
            @Parameter(description = "The sales channel; a key that is bound to channels names one of them")
                    @QueryParam("channel")
                    @Nullable
                    String channel,
            @Parameter(
                            description = "As it was known at this time, and why; recorded later is not in it",
                            example = "2026-11-23T10:41:00+01:00")
                    @QueryParam("at")
                    @Nullable
                    String at,
            @Parameter(description = "Whether to tell what is still to come as well; not with at")
                    @QueryParam("expected")
                    @DefaultValue("false")
                    boolean expected,
            @Parameter(description = "For operators: whose stock") @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        Tenancy.speaksFor(caller, channel);
        boolean isBound = !caller.isOperator() && !caller.channels().isEmpty();
        StockQuestions.Question question =
                new StockQuestions.Question(owner, places(skus, locations, channel), channel);
        if (at != null) {
            refuseBoth(expected);
            Instant then = WireTime.instant("at", at);
            answer.resume(json(AvailabilityView.of(then, history.at(question, then), channel, isBound)));
            return;
        }
        ExpectedGoods goods = expected
                ? ExpectedGoods.of(
                        question,
                        receipts.open(question.places().stream()
                                .map(place -> new PositionKey(owner, place.sku(), place.location()))
                                .toList()),
                        channel == null ? List.of() : rules.of(owner, channel),
                        isBound)
                : ExpectedGoods.NOT_ASKED;
        door.ask(question)
                .whenComplete((found, failure) -> answer.resume(
                        failure != null
                                ? Answers.problem(failure, caller.traceparent())
                                : json(AvailabilityView.of(found, channel, isBound, goods))));
    }

    /** What was to come at a time is not kept. */
    private static void refuseBoth(boolean expected) {
        if (expected) {
            Faults faults = new Faults();
            faults.add("expected", "cannot be asked with at");
            faults.refuse(InventoryError.INVALID_QUESTION);
        }
    }

    private static Response json(AvailabilityView view) {
        return Response.ok(Answers.json(view).getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    static List<StockQuestions.Place> places(List<String> skus, List<String> locations, @Nullable String channel) {
        Faults faults = new Faults();
        if (skus.isEmpty()) {
            faults.add("sku", "at least one is required");
        }
        skus.forEach(sku -> faults.key("sku", sku, 64));
        locations.forEach(location -> faults.name("location", location));
        if (channel != null) {
            faults.key("channel", channel, 64);
        }
        faults.refuse(InventoryError.INVALID_QUESTION);
        if ((long) skus.size() * Math.max(1, locations.size()) > MOST_PAIRS) {
            throw new RetailException(
                    InventoryError.TOO_MANY_PAIRS,
                    skus.size() + " SKUs at " + locations.size() + " locations; ask for " + MOST_PAIRS + " at most");
        }
        List<StockQuestions.Place> places = new ArrayList<>();
        for (String sku : skus) {
            if (locations.isEmpty()) {
                places.add(new StockQuestions.Place(sku, ""));
            }
            locations.forEach(location -> places.add(new StockQuestions.Place(sku, location)));
        }
        return places;
    }
}
