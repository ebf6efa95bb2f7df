package org.retailhub.inventory.rest;

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
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Drifts;
import org.retailhub.inventory.SnapshotIntake;
import org.retailhub.inventory.Snapshots;
import org.retailhub.inventory.StockDoor;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.inventory.canonical.SnapshotFormat;
import org.retailhub.inventory.canonical.SnapshotHeader;
import org.retailhub.inventory.canonical.WireSnapshot;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.rest.TakesFile;

/** What others counted. Kept first, compared afterwards. */
@Path("snapshots")
@RequestScoped
public class SnapshotsResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final int MOST_JSON_BYTES = 1 << 20;
    private static final int MOST_JSON_LINES = 1_000;
    private static final long MOST_FILE_BYTES = 1L << 30;
    private static final int MOST_LISTED = 200;
    private static final int FAULTS_SHOWN = 100;

    /** Newest first. */
    @Schema(name = "SnapshotPage")
    record Page(
            List<SnapshotView> snapshots,

            @Schema(nullable = true, description = "Parameter before of the next page") @Nullable
            String next) {}

    /** In order of the lines. */
    @Schema(name = "SnapshotFaults")
    record FaultPage(
            List<SnapshotView.FaultView> faults,

            @Schema(nullable = true, description = "Parameter after of the next page", examples = "17") @Nullable
            String next) {}

    @Inject
    private StockDoor door;

    @Inject
    private SnapshotIntake intake;

    @Inject
    private Snapshots snapshots;

    @Inject
    private Drifts drifts;

    @Context
    private HttpServletRequest request;

    @POST
    @Consumes({MediaType.APPLICATION_JSON, NDJSON, CSV})
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.INVENTORY_WRITE)
    @TakesFile(mostBytes = MOST_FILE_BYTES)
    @Operation(
            operationId = "sendSnapshot",
            summary = "Tell what is there: a few positions as JSON, or a file of any number",
            description =
                    "Kept as it comes, then compared with the ledger as of takenAt: movements that happened later, or were recorded later, are no"
                            + " difference. Idempotent by the source and its own id: the same content again gets the same snapshot, another"
                            + " content 409. A line that cannot be used is in the report, the rest is taken. As text/csv (its first line names"
                            + " the columns sku, location, quantity, unit, skuClass; comma, semicolon or tab) or application/x-ndjson, up to"
                            + " 1 GiB, whose it is and as of when are parameters; as application/json they are fields.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = WireSnapshot.class),
                        examples = @ExampleObject(name = "one position", value = WireSnapshot.EXAMPLE)),
                @Content(
                        mediaType = NDJSON,
                        schema = @Schema(implementation = SnapshotFormat.Wire.class),
                        examples = @ExampleObject(name = "one position", value = WireSnapshot.EXAMPLE_LINE)),
                @Content(
                        mediaType = CSV,
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "one position", value = WireSnapshot.EXAMPLE_TABLE))
            })
    @APIResponse(
            responseCode = "202",
            description = "Kept; what it says is found at its URL when it is done",
            headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(implementation = SnapshotView.class)))
    @APIResponse(
            responseCode = "200",
            description = "It was sent before",
            headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(implementation = SnapshotView.class)))
    @Problems({"INV-1007", "INV-1010", "INV-1011", "INV-2007", "INV-2008", "INV-2020"})
    public Response send(
            @Parameter(description = "Of a file: who counted", example = "wms-1") @QueryParam("source") @Nullable
                    String source,
            @Parameter(description = "Of a file: the source's own id of it", example = "2026-11-23")
                    @QueryParam("snapshot")
                    @Nullable
                    String snapshot,
            @Parameter(description = "Of a file: wms, pos, 3pl or erp", example = "wms") @QueryParam("system") @Nullable
                    String system,
            @Parameter(description = "Of a file: as of when it is true", example = "2026-11-23T10:00:00Z")
                    @QueryParam("takenAt")
                    @Nullable
                    String takenAt,
            @Parameter(description = "For operators: whose stock") @QueryParam("tenant") @Nullable String tenant,
            InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        Tenancy.speaksFor(caller, null);
        String type = String.valueOf(request.getContentType());
        SnapshotIntake.Taken taken = door.holdStock(() -> {
            if (!type.startsWith(CSV) && !type.startsWith(NDJSON)) {
                return small(caller, owner, body);
            }
            SnapshotHeader header = SnapshotHeader.check(source, snapshot, system, takenAt, door.now());
            return intake.take(coming(caller, owner, header, type.startsWith(CSV) ? "csv" : "ndjson"), body);
        });
        SnapshotView view = view(taken.snapshot());
        return Response.status(taken.replayed() ? 200 : 202)
                .location(URI.create("/api/inventory/v1/snapshots/" + view.snapshotId()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(view)
                .build();
    }

    private SnapshotIntake.Taken small(CallContext caller, String owner, InputStream body) {
        WireSnapshot wire = StrictJson.read(Bodies.read(body, MOST_JSON_BYTES), WireSnapshot.class);
        SnapshotHeader header =
                SnapshotHeader.check(wire.source(), wire.snapshot(), wire.system(), wire.takenAt(), door.now());
        List<SnapshotFormat.@Nullable Wire> lines = wire.lines() == null ? List.of() : wire.lines();
        if (lines.size() > MOST_JSON_LINES) {
            throw new RetailException(
                    InventoryError.TOO_MANY_COUNTS,
                    lines.size() + " lines; send " + MOST_JSON_LINES + " at most, or a file");
        }
        return intake.take(coming(caller, owner, header, "json"), lines);
    }

    private static SnapshotIntake.Coming coming(
            CallContext caller, String owner, SnapshotHeader header, String format) {
        return new SnapshotIntake.Coming(owner, header, format, caller.partner(), caller.traceparent());
    }

    private SnapshotView view(Snapshots.Known known) {
        return SnapshotView.of(known, snapshots.faults(known.id(), 0, FAULTS_SHOWN));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(operationId = "listSnapshots", summary = "What was counted, newest first")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @Problems({"INV-1007", "INV-2007", "INV-2008"})
    public Page list(
            @Parameter(description = "Of one source only", example = "wms-1") @QueryParam("source") @DefaultValue("")
                    String source,
            @Parameter(description = "next of the page before") @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @Parameter(description = "For operators: whose stock") @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        Tenancy.speaksFor(caller, null);
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<SnapshotView> found = snapshots.of(owner, source, before, most).stream()
                .map(known -> SnapshotView.of(known, List.of()))
                .toList();
        return new Page(found, found.size() == most ? found.get(most - 1).snapshotId() : null);
    }

    @GET
    @Path("{snapshotId}")
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(operationId = "getSnapshot", summary = "How far a snapshot is, and what it showed")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SnapshotView.class)))
    @Problems("INV-2021")
    public SnapshotView get(@PathParam("snapshotId") String snapshotId) {
        return view(own(snapshotId));
    }

    @GET
    @Path("{snapshotId}/faults")
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(operationId = "listSnapshotFaults", summary = "What is wrong with a snapshot's lines, in their order")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FaultPage.class)))
    @Problems({"INV-1008", "INV-2021"})
    public FaultPage faults(
            @PathParam("snapshotId") String snapshotId,
            @Parameter(description = "next of the page before", example = "17") @QueryParam("after") @DefaultValue("0")
                    String after,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        Snapshots.Known known = own(snapshotId);
        if (!after.matches("\\d{1,18}")) {
            Faults wrong = new Faults();
            wrong.add("after", "must be next of the page before");
            wrong.refuse(InventoryError.INVALID_QUESTION);
        }
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<SnapshotView.FaultView> found = snapshots.faults(known.id(), Long.parseLong(after), most).stream()
                .map(SnapshotView.FaultView::of)
                .toList();
        return new FaultPage(
                found,
                found.size() >= most ? Long.toString(found.get(found.size() - 1).line()) : null);
    }

    @GET
    @Path("{snapshotId}/drift")
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.INVENTORY_READ)
    @Operation(operationId = "listSnapshotDrift", summary = "Where a snapshot and the ledger differ, and probably why")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DriftResource.Page.class)))
    @Problems("INV-2021")
    public DriftResource.Page drift(
            @PathParam("snapshotId") String snapshotId,
            @Parameter(description = "next of the page before") @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        Snapshots.Known known = own(snapshotId);
        return DriftResource.page(
                drifts, new Drifts.Question(known.tenant(), known.id(), "", "", "", "", after), limit);
    }

    /** Another tenant's is not there. */
    private Snapshots.Known own(String id) {
        CallContext caller = ApiKeyGate.caller(request);
        return snapshots
                .of(id)
                .filter(known -> caller.maySee(known.tenant())
                        && (caller.isOperator() || caller.channels().isEmpty()))
                .orElseThrow(() -> new RetailException(InventoryError.SNAPSHOT_NOT_FOUND, id));
    }
}
