package org.retailhub.erp.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.MasterFeeds;
import org.retailhub.erp.Targets;
import org.retailhub.erp.domain.MasterReader;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;

/** Which of the ERP's masters come back, and for whom: one client of an ERP is one tenant. */
@Path("masters")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Masters")
public class MastersResource {
    /** What is wanted. */
    @Schema(name = "MastersRequest")
    public record Wanted(
            @Schema(required = true, example = "acme", pattern = "[a-z0-9][a-z0-9-]{0,62}") @Nullable
            String tenant,

            @Schema(
                    required = true,
                    maxItems = 4,
                    description = "Of item, customer, location, tax-code; none: nothing comes back")
            @Nullable
            List<@Nullable String> kinds) {}

    /** Which are wanted anew. */
    @Schema(name = "MastersAgain")
    public record Again(
            @Schema(required = true, minItems = 1, maxItems = 4, description = "Of those that come back") @Nullable
            List<@Nullable String> kinds) {}

    /** Where one kind stands. */
    @Schema(name = "MasterFeed")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FeedView(
            @Schema(examples = "idempiere") String target,
            @Schema(examples = "item") String kind,
            @Schema(examples = "acme") String tenant,

            @Schema(description = "When a look for changes has ended last", examples = "2026-11-28T08:00:00Z")
            Instant seenAt,

            @Schema(
                    description = "When all were looked at; absent until they have been",
                    examples = "2026-11-28T00:00:07Z")
            @Nullable
            Instant fullAt) {}

    /** In order of their kinds. */
    @Schema(name = "MasterFeeds")
    public record Feeds(List<FeedView> feeds) {}

    @Inject
    private Targets targets;

    @Inject
    private Database database;

    @Inject
    private Transactions transactions;

    @Inject
    private Clock clock;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listMasterFeeds", summary = "Which masters come back from the ERP, and how far")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Feeds.class)))
    public Feeds list() {
        return feeds();
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Wanted.class),
                            examples =
                                    @ExampleObject(
                                            name = "items and warehouses",
                                            value = "{\"tenant\":\"acme\",\"kinds\":[\"item\",\"location\"]}")))
    @Problems("RUN-1006")
    @Operation(
            operationId = "setMasterFeeds",
            summary = "Set which masters come back from the ERP",
            description =
                    "For one tenant: that of the ERP's client. Before anything is set nothing comes. The same again changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "What comes back from now on",
            content = @Content(schema = @Schema(implementation = Feeds.class)))
    public Feeds set(byte[] body) {
        Wanted wanted = StrictJson.read(body, Wanted.class);
        String tenant = wanted.tenant();
        if (tenant == null || !tenant.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw ReconciliationResource.invalid("tenant", "name the tenant");
        }
        MasterReader reader = targets.masters().get(0);
        Set<String> kinds = kinds(wanted.kinds(), reader);
        return transactions.call(() -> {
            new MasterFeeds(database).set(reader.target(), tenant, kinds, clock.instant());
            return feeds();
        });
    }

    @POST
    @Path("again")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Again.class),
                            examples = @ExampleObject(name = "all items", value = "{\"kinds\":[\"item\"]}")))
    @Problems("RUN-1006")
    @Operation(
            operationId = "readMastersAgain",
            summary = "Read all masters of some kinds from the ERP anew",
            description =
                    "Each is told to master data once more, whether it changed or not; what is the same there changes nothing. Begins within"
                            + " seconds. Without need once a day all are looked at, and what differs is told.")
    @APIResponse(
            responseCode = "200",
            description = "Where the kinds stand",
            content = @Content(schema = @Schema(implementation = Feeds.class)))
    public Feeds again(byte[] body) {
        MasterReader reader = targets.masters().get(0);
        Set<String> kinds = kinds(StrictJson.read(body, Again.class).kinds(), reader);
        if (kinds.isEmpty()) {
            throw unknownKinds(reader);
        }
        return transactions.call(() -> {
            new MasterFeeds(database).again(reader.target(), kinds);
            return feeds();
        });
    }

    private static Set<String> kinds(@Nullable List<@Nullable String> said, MasterReader reader) {
        Set<String> kinds = new TreeSet<>();
        if (said == null) {
            throw unknownKinds(reader);
        }
        for (String kind : said) {
            if (kind == null || !reader.kinds().contains(kind)) {
                throw unknownKinds(reader);
            }
            kinds.add(kind);
        }
        return kinds;
    }

    private static RetailException unknownKinds(MasterReader reader) {
        return ReconciliationResource.invalid("kinds", "some of " + String.join(", ", new TreeSet<>(reader.kinds())));
    }

    private Feeds feeds() {
        return new Feeds(targets.masters().stream()
                .flatMap(reader -> new MasterFeeds(database).of(reader.target()).stream())
                .map(feed -> new FeedView(feed.target(), feed.kind(), feed.tenant(), feed.seenAt(), feed.fullAt()))
                .toList());
    }
}
