package org.retailhub.inventory.rest;

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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Rules;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.domain.ChannelRule;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** What channels may show of what can be sold, for operators. Each method is one transaction; each change leaves an entry. */
@Path("channel-rules")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RulesResource {
    private static final int MOST_BYTES = 128 << 10;

    /** In order of channel and SKU, 1000 at most. */
    @Schema(name = "ChannelRules")
    record All(List<RuleView> rules) {}

    @Inject
    private Rules rules;

    @Inject
    private Transactions transactions;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listChannelRules", summary = "What channels may show of what can be sold")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = All.class)))
    @Problems("INV-1007")
    public All list(
            @Parameter(description = "One channel's only") @QueryParam("channel") @DefaultValue("") String channel,
            @QueryParam("tenant") @Nullable String tenant) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        return new All(rules.of(owner, channel).stream().map(RuleView::of).toList());
    }

    @PUT
    @Path("{channel}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "setChannelRule",
            summary = "Set what a channel may show, and from where it sells",
            description =
                    "For all of its SKUs, or for one: that one's rule takes the other's place. In force with the next question; each version is"
                            + " kept. The same again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewRule.class),
                            examples = @ExampleObject(name = "two kept back", value = NewRule.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "It holds",
            content = @Content(schema = @Schema(implementation = RuleView.class)))
    @Problems({"INV-1004", "INV-1007"})
    public RuleView set(
            @PathParam("channel") String channel,
            @Parameter(description = "One SKU only") @QueryParam("sku") @DefaultValue("") String sku,
            @QueryParam("tenant") @Nullable String tenant,
            InputStream body) {
        CallContext caller = ApiKeyGate.caller(request);
        ChannelRule wanted =
                StrictJson.read(Bodies.read(body, MOST_BYTES), NewRule.class).checked(channel, sku);
        String owner = Tenancy.tenant(caller, tenant);
        return RuleView.of(transactions.call(() -> rules.set(caller.partner(), owner, channel, sku, wanted)));
    }

    @DELETE
    @Path("{channel}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "removeChannelRule",
            summary = "Let a channel show all again, or what holds for its other SKUs")
    @APIResponse(responseCode = "204", description = "It holds no longer")
    @Problems({"INV-1007", "INV-2011"})
    public void remove(
            @PathParam("channel") String channel,
            @Parameter(description = "One SKU's rule only") @QueryParam("sku") @DefaultValue("") String sku,
            @QueryParam("tenant") @Nullable String tenant) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        if (!transactions.call(() -> rules.remove(caller.partner(), owner, channel, sku))) {
            throw new RetailException(InventoryError.RULE_NOT_FOUND, "the channel has none of its own");
        }
    }
}
