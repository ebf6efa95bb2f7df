package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Feeds;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** Who tells what moved, and what is missing of it. */
@Path("feeds")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FeedsResource {
    private static final int MOST_LISTED = 200;

    /** In order of their names. */
    @Schema(name = "FeedPage")
    record Page(
            List<FeedView> feeds,

            @Schema(nullable = true, description = "Parameter after of the next page", examples = "pos-berlin-1")
            @Nullable
            String next) {}

    /** What a feed has told so far. */
    @Schema(name = "Feed")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FeedView(
            @Schema(examples = "pos-berlin-1") String feed,

            @Schema(description = "The lowest of its numbers that came; 0 if it has none", examples = "1")
            long firstSequence,

            @Schema(description = "The highest of its numbers that came", examples = "4711")
            long highestSequence,

            @Schema(description = "Movements in the ledger", examples = "4700")
            long movements,

            @Schema(description = "Told again with the same content", examples = "3")
            long duplicates,

            @Schema(description = "Told again with another content, and refused", examples = "0")
            long conflicts,

            @Schema(description = "Came after a higher number had come", examples = "5")
            long reordered,

            @Schema(description = "Came a day or more after they happened", examples = "12")
            long late,

            @Schema(description = "Numbers that have not come though higher ones have", examples = "11")
            long missing,

            @Schema(description = "Of what happened last", examples = "2026-11-23T09:00:00Z") @Nullable
            Instant lastOccurredAt,

            @Schema(description = "When the last one came", examples = "2026-11-23T09:00:01Z") @Nullable
            Instant lastRecordedAt,

            @Schema(description = "The first 100 runs of missing numbers")
            List<GapView> gaps) {
        static FeedView of(Feeds.Account feed) {
            return new FeedView(
                    feed.feed(),
                    feed.firstSequence(),
                    feed.highestSequence(),
                    feed.movements(),
                    feed.duplicates(),
                    feed.conflicts(),
                    feed.reordered(),
                    feed.late(),
                    feed.missing(),
                    feed.lastOccurredAt(),
                    feed.lastRecordedAt(),
                    feed.gaps().stream()
                            .map(gap -> new GapView(gap.from(), gap.to(), gap.noticedAt()))
                            .toList());
        }
    }

    /** A run of numbers that have not come. */
    @Schema(name = "FeedGap")
    record GapView(
            @Schema(description = "The first that is missing", examples = "4700")
            long first,

            @Schema(description = "The last that is missing", examples = "4710")
            long last,

            @Schema(examples = "2026-11-23T09:00:01Z") Instant noticedAt) {}

    @Inject
    private Feeds feeds;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(
            operationId = "listFeeds",
            summary = "Who tells what moved: duplicates, gaps, reorderings, late ones",
            description =
                    "What is wrong with a feed is counted; what came late or out of order is in the ledger all the same.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems({"INV-1007", "INV-2007", "INV-2008"})
    public Page list(
            @Parameter(description = "next of the page before", example = "pos-berlin-1")
                    @QueryParam("after")
                    @DefaultValue("")
                    String after,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @Parameter(description = "For operators: whose feeds") @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        Tenancy.speaksFor(caller, null);
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<FeedView> found =
                feeds.of(owner, after, most).stream().map(FeedView::of).toList();
        return new Page(found, found.size() == most ? found.get(most - 1).feed() : null);
    }
}
