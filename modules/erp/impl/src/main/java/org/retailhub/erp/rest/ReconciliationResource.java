package org.retailhub.erp.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.Reconciliation;
import org.retailhub.erp.StockReconciliation;
import org.retailhub.erp.Target;
import org.retailhub.erp.Targets;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.rest.WireTime;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/** After a restore: what the hub and an ERP disagree about, and the way back. */
@Path("reconciliation")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliation")
public class ReconciliationResource {
    private static final int MOST = 1_000;
    private static final int MOST_LISTED = 50_000;

    /** @param target the ERP; idempiere if left out */
    @Schema(name = "RepostRequest")
    public record Repost(
            @Schema(example = "idempiere") @Nullable String target,

            @Schema(required = true, description = "Up to 1000 order ids that the comparison lists as lost by the ERP")
            @Nullable
            List<String> orders,

            @Schema(required = true, example = "ERP restored to 10:00") @Nullable
            String reason) {}

    /** What has to be sent again now: the body that {@code /api/order/v1/sent-messages/resend-missing} takes. */
    @Schema(name = "RepostAnswer")
    public record Messages(List<Reconciliation.Again> messages) {}

    @Inject
    private Targets targets;

    @Inject
    private Database database;

    @Inject
    private Transactions transactions;

    @Inject
    private Trace trace;

    @Inject
    private Clock clock;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "compareWithErp",
            summary = "What the hub posted and the ERP has no mark of, and the other way round",
            description = "Compares message ids: the hub's postings with the rows of rh_posting in the ERP's database.")
    @APIResponse(responseCode = "200", description = "Up to 50 000 of each; complete is false if there are more")
    @Problems("ERP-3001")
    public Reconciliation.Report compare(
            @Parameter(description = "Default: a day ago") @QueryParam("from") @Nullable String from,
            @Parameter(description = "Default: ten seconds ago, so that nothing under way is listed")
                    @QueryParam("to")
                    @Nullable
                    String to,
            @QueryParam("target") @DefaultValue("idempiere") String target) {
        Instant end = to == null ? clock.instant().minusSeconds(10) : WireTime.instant("to", to);
        Instant start = from == null ? end.minus(Duration.ofDays(1)) : WireTime.instant("from", from);
        return of(target).compare(start, end, MOST_LISTED);
    }

    @POST
    @Path("repost")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Repost.class),
                            examples =
                                    @ExampleObject(
                                            name = "one order",
                                            value =
                                                    "{\"orders\":[\"01M84B402ZVTPV56G6BNHZT8X5\"],\"reason\":\"ERP restored to 10:00\"}")))
    @Problems({"RUN-1006", "ERP-3001"})
    @Operation(
            operationId = "repostToErp",
            summary = "Let the messages of orders come again that the ERP has lost",
            description =
                    "Winds their inboxes back. Give the answer to the order module's resend-missing: each message takes"
                            + " effect once more where the ERP lost it, and only there.")
    @APIResponse(responseCode = "200", description = "What to send again; orders that the ERP has are left out")
    public Messages repost(byte[] body) {
        Repost repost = StrictJson.read(body, Repost.class);
        List<String> orders = repost.orders();
        if (orders == null || orders.isEmpty() || orders.size() > MOST) {
            throw invalid("orders", "1 to " + MOST);
        }
        String reason = repost.reason();
        if (reason == null || reason.isBlank()) {
            throw invalid("reason", "say why");
        }
        String target = repost.target() == null ? "idempiere" : repost.target();
        return new Messages(of(target).repost(orders, ApiKeyGate.caller(request).partner(), reason));
    }

    /** What is to come again. */
    @Schema(name = "MovementRepostRequest")
    public record RepostMovements(
            @Schema(required = true, description = "Up to 1000 keys that the comparison of movements lists") @Nullable
            List<String> movements,

            @Schema(required = true, example = "ERP restored to 10:00") @Nullable
            String reason) {}

    @GET
    @Path("movements")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "compareMovementsWithErp",
            summary = "Movements of stock that the hub has written to the ERP and that left no mark there",
            description = "The other way round is in the comparison of postings: the marks are in one table.")
    @APIResponse(responseCode = "200", description = "Up to 50 000; complete is false if there are more")
    @Problems("ERP-3001")
    public StockReconciliation.Report compareMovements(
            @Parameter(description = "Default: a day ago") @QueryParam("from") @Nullable String from,
            @Parameter(description = "Default: ten seconds ago, so that nothing under way is listed")
                    @QueryParam("to")
                    @Nullable
                    String to) {
        Instant end = to == null ? clock.instant().minusSeconds(10) : WireTime.instant("to", to);
        Instant start = from == null ? end.minus(Duration.ofDays(1)) : WireTime.instant("from", from);
        return stock().compare(start, end, MOST_LISTED);
    }

    @POST
    @Path("movements/repost")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = RepostMovements.class),
                            examples =
                                    @ExampleObject(
                                            name = "one movement",
                                            value =
                                                    "{\"movements\":[\"moved/acme/pos-berlin-1/#118\"],\"reason\":\"ERP restored to 10:00\"}")))
    @Problems({"RUN-1006", "ERP-3001"})
    @Operation(
            operationId = "repostMovementsToErp",
            summary = "Let the messages of movements come again that the ERP has lost",
            description = "Winds their inboxes back. Give the answer to the inventory module's resend-missing.")
    @APIResponse(responseCode = "200", description = "What to send again; movements that the ERP has are left out")
    public Messages repostMovements(byte[] body) {
        RepostMovements repost = StrictJson.read(body, RepostMovements.class);
        List<String> movements = repost.movements();
        if (movements == null || movements.isEmpty() || movements.size() > MOST) {
            throw invalid("movements", "1 to " + MOST);
        }
        String reason = repost.reason();
        if (reason == null || reason.isBlank()) {
            throw invalid("reason", "say why");
        }
        return new Messages(stock().repost(movements, ApiKeyGate.caller(request).partner(), reason));
    }

    private StockReconciliation stock() {
        return new StockReconciliation(targets.stock().get(0), database, transactions, trace);
    }

    private Reconciliation of(String name) {
        Target<?, ?> target = targets.named(name).orElseThrow(() -> invalid("target", "there is no such ERP"));
        return new Reconciliation(target, database, transactions, trace);
    }

    static RetailException invalid(String field, String message) {
        return new RetailException(
                RuntimeError.INVALID_PARAMETER,
                field + ": " + message,
                List.of(new RetailException.Violation(field, message)),
                null);
    }
}
