package org.retailhub.masterdata.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.CustomerDesk;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.BuyingCheck;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** Asked by a shop while a buyer waits: one indexed query, no transaction, and no answer of before while the database is away. */
@Path("/customers:validate")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "masterdata")
public class CustomerValidationResource {
    private static final int LONGEST = 254;

    @Inject
    private CustomerDesk desk;

    @GET
    @RequiresScope(Scopes.CUSTOMERS_READ)
    @Operation(
            operationId = "validateCustomer",
            summary = "Whether somebody may buy, and why not",
            description =
                    "By exactly one of id, email and phone. Whoever is not known is an answer, not an error. An address or number that"
                            + " several active customers share is ambiguous: ask by id.")
    @APIResponse(
            responseCode = "200",
            description = "The answer",
            content = @Content(schema = @Schema(implementation = CustomerValidation.class)))
    @Problems({"MAS-1007", "MAS-1008", "MAS-1017", "MAS-3001"})
    public CustomerValidation validate(
            @Parameter(description = "The seller's own key", example = "C-1001") @QueryParam("id") @Nullable String id,
            @Parameter(description = "In place of the id") @QueryParam("email") @Nullable String email,
            @Parameter(description = "In place of the id", example = "+49 561 123456") @QueryParam("phone") @Nullable
                    String phone,
            @Parameter(description = "For operators: whose customer") @QueryParam("tenant") @Nullable String tenant,
            @Context HttpServletRequest request) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        List<String> given =
                Stream.of(id, email, phone).filter(Objects::nonNull).toList();
        if (given.size() != 1 || given.get(0).isEmpty() || given.get(0).length() > LONGEST) {
            String rule = "exactly one of id, email and phone, of at most " + LONGEST + " characters";
            throw new RetailException(MasterDataError.INVALID_QUESTION, rule, List.of(new Violation("id", rule)), null);
        }
        return CustomerValidation.of(check(owner, id, email, phone));
    }

    private BuyingCheck check(String owner, @Nullable String id, @Nullable String email, @Nullable String phone) {
        if (id != null) {
            return desk.checkById(owner, id);
        }
        if (email != null) {
            return desk.checkByEmail(owner, email);
        }
        return desk.checkByPhone(owner, Objects.requireNonNull(phone, "one of the three is there"));
    }
}
