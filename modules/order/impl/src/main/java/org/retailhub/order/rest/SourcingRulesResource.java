package org.retailhub.order.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.SourcingRules;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.sourcing.SourcingRule;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** From where orders are sent, for operators. Each method is one transaction; each version is kept with its maker. */
@Path("sourcing-rules")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SourcingRulesResource {
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_LISTED = 200;
    private static final int MOST_VERSIONS = 100;

    /** The newest version of each rule, by id. */
    @Schema(name = "SourcingRules")
    record All(
            List<SourcingRuleView> rules,

            @Schema(description = "The last one here, if there are more", nullable = true) @Nullable
            String next) {}

    /** A rule with what it was. */
    @Schema(name = "SourcingRuleVersions")
    record Versions(
            @Schema(description = "Newest first, 100 at most")
            List<SourcingRuleView> versions) {}

    @Inject
    private SourcingRules rules;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listSourcingRules", summary = "A tenant's sourcing rules, by their ids")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = All.class)))
    @Problems("ORD-1008")
    public All list(
            @Parameter(description = "Whose rules") @QueryParam("tenant") @Nullable String tenant,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @DefaultValue("") String cursor,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        String owner = tenant(ApiKeyGate.caller(request), tenant);
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<SourcingRules.Version> found = rules.latest(owner, cursor, most + 1);
        boolean more = found.size() > most;
        List<SourcingRuleView> page =
                found.stream().limit(most).map(SourcingRuleView::of).toList();
        return new All(page, more ? page.get(most - 1).ruleId() : null);
    }

    @GET
    @Path("{ruleId}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "getSourcingRule", summary = "A rule with all its versions, newest first")
    @APIResponse(
            responseCode = "200",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = Versions.class)))
    @Problems({"ORD-1008", "ORD-2021"})
    public Response get(
            @PathParam("ruleId") String ruleId,
            @Parameter(description = "Whose rule") @QueryParam("tenant") @Nullable String tenant) {
        String owner = tenant(ApiKeyGate.caller(request), tenant);
        List<SourcingRuleView> versions = rules.versions(owner, ruleId, MOST_VERSIONS).stream()
                .map(SourcingRuleView::of)
                .toList();
        if (versions.isEmpty()) {
            throw SourcingRules.notFound(ruleId);
        }
        return Response.ok(new Versions(versions))
                .header("ETag", "\"" + versions.get(0).version() + "\"")
                .build();
    }

    @PUT
    @Path("{ruleId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "putSourcingRule",
            summary = "Make a rule, or its next version",
            description =
                    "The next version of a rule needs If-Match with the ETag of the one before. It counts from effectiveFrom; until then the one"
                            + " before does. Simulate it first: POST /sourcing-simulations.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewSourcingRule.class),
                            examples = @ExampleObject(name = "stores of a shop", value = NewSourcingRule.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "The version that was made",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = SourcingRuleView.class)))
    @Problems({"ORD-1008", "ORD-1021", "ORD-2022", "ORD-2023", "ORD-2024"})
    public Response put(
            @PathParam("ruleId") String ruleId,
            @Parameter(description = "Whose rule") @QueryParam("tenant") @Nullable String tenant,
            @Parameter(description = "The rule's ETag; absent for a new one") @HeaderParam("If-Match") @Nullable
                    String ifMatch,
            InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = tenant(caller, tenant);
        NewSourcingRule wanted = StrictJson.read(PlacementResource.read(body, MOST_BYTES), NewSourcingRule.class);
        SourcingRule rule = wanted.checked(ruleId);
        OptionalInt seen = version(ifMatch);
        return answer(transactions.call(() -> rules.put(
                caller.partner(), owner, rule, seen, wanted.from(), wanted.until(), String.valueOf(wanted.reason()))));
    }

    @DELETE
    @Path("{ruleId}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "retireSourcingRule",
            summary = "Let a rule hold no longer",
            description = "Its versions stay. Repeating it changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "The version that ends it",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = SourcingRuleView.class)))
    @Problems({"ORD-1008", "ORD-1021", "ORD-2021", "ORD-2022", "ORD-2023"})
    public Response retire(
            @PathParam("ruleId") String ruleId,
            @Parameter(description = "Whose rule") @QueryParam("tenant") @Nullable String tenant,
            @Parameter(description = "Why, 1 to 200 characters") @QueryParam("reason") @Nullable String reason,
            @Parameter(description = "The rule's ETag", required = true) @HeaderParam("If-Match") @Nullable
                    String ifMatch) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = tenant(caller, tenant);
        if (rules.versions(owner, ruleId, 1).isEmpty()) {
            throw SourcingRules.notFound(ruleId);
        }
        if (reason == null || reason.isBlank() || reason.length() > NewSourcingRule.LONGEST_REASON) {
            NewSourcingRule.refuse(
                    OrderError.INVALID_SOURCING_RULE, List.of(new Violation("reason", "1 to 200 characters")));
        }
        int seen = version(ifMatch)
                .orElseThrow(() -> new RetailException(OrderError.RULE_VERSION_REQUIRED, "read the rule first"));
        return answer(
                transactions.call(() -> rules.retire(caller.partner(), owner, ruleId, seen, String.valueOf(reason))));
    }

    private static Response answer(SourcingRules.Version version) {
        return Response.ok(SourcingRuleView.of(version))
                .header("ETag", "\"" + version.rule().version() + "\"")
                .build();
    }

    private static OptionalInt version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            return OptionalInt.empty();
        }
        String tag = ifMatch.strip();
        if (!tag.matches("\"[0-9]{1,9}\"|[0-9]{1,9}")) {
            throw new RetailException(OrderError.RULE_VERSION_DIFFERS, "If-Match must be one ETag of the rule");
        }
        return OptionalInt.of(Integer.parseInt(tag.replace("\"", "")));
    }

    /** @throws RetailException {@link OrderError#TENANT_NOT_NAMED} if an operator names none or no possible one */
    static String tenant(CallContext caller, @Nullable String asked) {
        if (!caller.isOperator()) {
            return caller.tenant();
        }
        if (asked == null || !asked.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            String message = "name the tenant: an operator's credential has none of its own";
            throw new RetailException(
                    OrderError.TENANT_NOT_NAMED, message, List.of(new Violation("tenant", message)), null);
        }
        return asked;
    }
}
