package org.retailhub.erp.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.Target;
import org.retailhub.erp.Targets;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.api.PostingState;
import org.retailhub.erp.domain.Posting;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.MayBeOld;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** Where each order's posting stands. A partner sees its tenant's. */
@Path("postings")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Postings", description = "What the ERP has and says of each order")
public class PostingsResource {
    private static final int MOST_LISTED = 1_000;

    @Inject
    private Targets targets;

    @Context
    private HttpServletRequest request;

    /** @param next give it as {@code before} for the next page; absent on the last */
    @Schema(name = "PostingPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(
            List<PostingDetails> postings, @Nullable String next) {}

    @GET
    @MayBeOld
    @Path("{orderId}")
    @RequiresScope(Scopes.POSTINGS_READ)
    @Operation(operationId = "getPosting", summary = "The posting of one order")
    @APIResponse(responseCode = "200", description = "Where it stands")
    @Problems("ERP-2010")
    public PostingDetails get(@PathParam("orderId") String orderId) {
        CallContext caller = ApiKeyGate.caller(request);
        for (Target<?, ?> target : targets.all()) {
            Posting found = target.postings().find(Set.of(orderId)).get(orderId);
            if (found != null && caller.maySee(found.tenant()) && caller.maySpeakFor(found.channel())) {
                return PostingDetails.of(found, target.adapter().target());
            }
        }
        throw new RetailException(ErpError.NO_SUCH_POSTING, orderId);
    }

    @GET
    @RequiresScope(Scopes.POSTINGS_READ)
    @Operation(operationId = "searchPostings", summary = "Postings, newest order first")
    @APIResponse(responseCode = "200", description = "A page of postings")
    public Page search(
            @Parameter(
                            description = "written, acknowledged, rejected or withdrawn; all if left out",
                            example = "rejected")
                    @QueryParam("state")
                    @Nullable
                    String state,
            @Parameter(description = "The ERP", example = "idempiere") @QueryParam("target") @DefaultValue("idempiere")
                    String target,
            @Parameter(description = "The last page's next") @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        CallContext caller = ApiKeyGate.caller(request);
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        Target<?, ?> asked = targets.named(target)
                .orElseThrow(() -> ReconciliationResource.invalid("target", "there is no such ERP"));
        List<PostingDetails> page = asked
                .postings()
                .search(state(state), caller.isOperator() ? null : caller.tenant(), caller.channels(), before, most)
                .stream()
                .map(posting -> PostingDetails.of(posting, target))
                .toList();
        return new Page(page, page.size() < most ? null : page.get(most - 1).orderId());
    }

    private static @Nullable PostingState state(@Nullable String state) {
        try {
            return state == null ? null : PostingState.valueOf(state.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ReconciliationResource.invalid("state", "written, acknowledged, rejected or withdrawn");
        }
    }
}
