package org.retailhub.masterdata.rest;

import jakarta.enterprise.context.ApplicationScoped;
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
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.ErpMasters;
import org.retailhub.masterdata.ErpMasters.Taken;
import org.retailhub.masterdata.KnownLocations;
import org.retailhub.masterdata.KnownLocations.Stored;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.LocationContent;
import org.retailhub.masterdata.domain.MasterKind;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.MayBeOld;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.server.Door;
import org.retailhub.platform.runtime.tx.Transactions;

/** The locations of the caller's tenant. Each method is one transaction. */
@Path("/locations")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "masterdata")
public class LocationsResource {
    @Inject
    private KnownLocations locations;

    @Inject
    private ErpMasters erp;

    @Inject
    private Transactions transactions;

    @Inject
    private Door door;

    @Inject
    private Clock clock;

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.MASTERDATA_WRITE)
    @Operation(
            operationId = "putLocations",
            summary = "Create or replace up to 1,000 locations",
            description = "Idempotent. Each gets its own verdict; the valid ones are kept even if others are not.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.ARRAY, implementation = LocationDocument.class),
                            examples =
                                    @ExampleObject(
                                            name = "one",
                                            value =
                                                    "[{\"id\":\"STORE-12\",\"kind\":\"store\",\"name\":\"Kassel, Lindenstrasse\",\"legalEntity\":\"HQ\",\"erpWarehouse\":\"WH-12\",\"country\":\"DE\",\"latitude\":\"51.31271\",\"longitude\":\"9.47974\"}]")))
    @APIResponse(
            responseCode = "200",
            description = "The verdicts; an item's problem is MAS-1013 (invalid) or MAS-2002 (refused)",
            content = @Content(schema = @Schema(implementation = MasterVerdicts.class)))
    @Problems({"MAS-1013", "MAS-1007", "MAS-1008", "MAS-1005"})
    public MasterVerdicts putAll(
            @Parameter(description = "For operators: whose locations") @QueryParam("tenant") @Nullable String tenant,
            byte[] body,
            @Context HttpServletRequest request) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        return door.through(Lane.CATALOGUE, () -> {
            MasterBatch<LocationContent> batch = new MasterBatch<>(
                    body, "id", MasterDataError.INVALID_LOCATION, LocationDocument::read, LocationContent::id);
            List<LocationContent> valid = batch.valid();
            Taken<Map<String, Long>> taken = valid.isEmpty()
                    ? new Taken<>(Map.of(), Map.of())
                    : transactions.call(() -> erp.beside(
                            owner,
                            MasterKind.LOCATION,
                            valid,
                            LocationsResource::claim,
                            contents -> locations.learn(owner, contents, caller.partner(), now())));
            return batch.verdicts(
                    content -> {
                        Violation field = taken.contradicted().get(content.id());
                        return field == null
                                ? MasterBatch.Outcome.ofVersion(taken.learnt().get(content.id()))
                                : MasterBatch.Outcome.contradicted(field);
                    },
                    ApiKeyGate.traceparent(request));
        });
    }

    @GET
    @MayBeOld
    @RequiresScope(Scopes.MASTERDATA_READ)
    @Operation(operationId = "listLocations", summary = "List the locations, by their keys")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = LocationState.Page.class)))
    @Problems({"MAS-1007", "MAS-1008"})
    public LocationState.Page list(
            @Parameter(description = "The last one of the page before") @QueryParam("after") @DefaultValue("")
                    String after,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @Parameter(description = "For operators: whose locations") @QueryParam("tenant") @Nullable String tenant,
            @Context HttpServletRequest request) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        int size = Paging.size(limit);
        List<Stored> found = transactions.call(() -> locations.page(owner, after, size + 1));
        List<LocationState> page =
                found.stream().limit(size).map(LocationState::of).toList();
        return new LocationState.Page(
                page, found.size() > size ? page.get(size - 1).id() : null);
    }

    @GET
    @MayBeOld
    @Path("/{locationId: .+}")
    @RequiresScope(Scopes.MASTERDATA_READ)
    @Operation(operationId = "getLocation", summary = "Read one location")
    @APIResponse(
            responseCode = "200",
            description = "The location",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = LocationState.class)))
    @Problems({"MAS-1007", "MAS-1008", "MAS-1014"})
    public Response get(
            @PathParam("locationId") String locationId,
            @Parameter(description = "For operators: whose location") @QueryParam("tenant") @Nullable String tenant,
            @Context HttpServletRequest request) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        Stored stored = transactions.call(() -> locations
                .find(owner, locationId)
                .orElseThrow(() ->
                        new RetailException(MasterDataError.LOCATION_NOT_FOUND, "the tenant has no such location")));
        return Response.ok(LocationState.of(stored))
                .header("ETag", "\"" + stored.version() + "\"")
                .build();
    }

    private static ErpMasters.Claim claim(LocationContent content) {
        return new ErpMasters.Claim(content.id(), content.erpWarehouse(), content.name(), null, content.active());
    }

    /** What the database keeps: microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
