package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.FeedExpectations;
import org.retailhub.inventory.Feeds;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** Who tells what moved, and what is missing of it. */
@Path("feeds")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FeedsResource {
    private static final int MOST_LISTED = 200;
    private static final int MOST_BYTES = 4 << 10;
    private static final long LEAST_SECONDS = 10;
    private static final long MOST_SECONDS = 31_536_000;

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

            @Schema(
                    description = "By a movement, one that it had told before, or a snapshot",
                    examples = "2026-11-23T09:00:01Z")
            @Nullable
            Instant lastHeardAt,

            @Schema(
                    description = "How often it speaks if all is well; absent if nothing is expected",
                    examples = "3600")
            @Nullable
            Long expectedEverySeconds,

            @Schema(description = "Silent from then on", examples = "2026-11-23T10:00:01Z") @Nullable
            Instant expectedBy,

            @Schema(description = "Whether it should have spoken by now")
            boolean silent,

            @Schema(description = "The first 100 runs of missing numbers")
            List<GapView> gaps) {
        static FeedView of(Feeds.Account feed, Instant now) {
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
                    feed.freshness().lastHeardAt(),
                    feed.freshness().everySeconds(),
                    feed.freshness().expectedBy(),
                    feed.freshness().isSilent(now),
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

    /** How often a feed speaks, as an operator says. */
    @Schema(name = "FeedExpectation")
    record Expectation(
            @Schema(
                    required = true,
                    minimum = "10",
                    maximum = "31536000",
                    description = "Silence of more than so many seconds is an alarm",
                    examples = "3600")
            @Nullable
            Long everySeconds) {
        static final String EXAMPLE = "{\"everySeconds\":3600}";
    }

    @Inject
    private Feeds feeds;

    @Inject
    private FeedExpectations expectations;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(
            operationId = "listFeeds",
            summary = "Who tells what moved: duplicates, gaps, reorderings, late ones, and who is silent",
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
        List<FeedView> found = feeds.of(owner, after, most).stream()
                .map(feed -> FeedView.of(feed, expectations.now()))
                .toList();
        return new Page(found, found.size() == most ? found.get(most - 1).feed() : null);
    }

    @PUT
    @Path("{feed}/expectation")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "expectFeed",
            summary = "Say how often a feed speaks: an alarm is raised while it does not",
            description =
                    "From the time it is said. The feed need not have spoken yet; a source of snapshots is one. Audited; the same again changes"
                            + " nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Expectation.class),
                            examples = @ExampleObject(name = "each hour", value = Expectation.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "It is expected",
            content = @Content(schema = @Schema(implementation = Expectation.class)))
    @Problems({"INV-1004", "INV-1007"})
    public Expectation expect(
            @Parameter(example = "pos-berlin-1") @PathParam("feed") String feed,
            @QueryParam("tenant") @Nullable String tenant,
            InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        Expectation wanted = StrictJson.read(Bodies.read(body, MOST_BYTES), Expectation.class);
        Faults faults = new Faults();
        faults.name("feed", feed);
        Long seconds = wanted.everySeconds();
        if (seconds == null || seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
            faults.add("everySeconds", "must be between " + LEAST_SECONDS + " and " + MOST_SECONDS);
        }
        faults.refuse(InventoryError.INVALID_RULE);
        Duration every = Duration.ofSeconds(Objects.requireNonNull(seconds, "absence is a fault"));
        String owner = Tenancy.tenant(caller, tenant);
        return transactions.call(() -> {
            expectations.set(caller.partner(), owner, feed, every);
            return wanted;
        });
    }

    @DELETE
    @Path("{feed}/expectation")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "expectFeedNoLonger", summary = "Let a feed be silent as long as it likes")
    @APIResponse(responseCode = "204", description = "Nothing is expected of it")
    @Problems({"INV-1007", "INV-2011"})
    public void expectNoLonger(
            @Parameter(example = "pos-berlin-1") @PathParam("feed") String feed,
            @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        if (!transactions.call(() -> expectations.remove(caller.partner(), owner, feed))) {
            throw new RetailException(InventoryError.RULE_NOT_FOUND, "nothing is expected of " + feed);
        }
    }
}
