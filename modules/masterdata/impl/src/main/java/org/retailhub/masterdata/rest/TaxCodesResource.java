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
import org.retailhub.masterdata.KnownTaxCodes;
import org.retailhub.masterdata.KnownTaxCodes.Stored;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.MasterKind;
import org.retailhub.masterdata.domain.TaxCodeContent;
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

/** The tax codes of the caller's tenant. Each method is one transaction. */
@Path("/tax-codes")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "masterdata")
public class TaxCodesResource {
    @Inject
    private KnownTaxCodes taxCodes;

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
            operationId = "putTaxCodes",
            summary = "Create or replace up to 1,000 tax codes",
            description = "Idempotent. Each gets its own verdict; the valid ones are kept even if others are not.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.ARRAY, implementation = TaxCodeDocument.class),
                            examples =
                                    @ExampleObject(
                                            name = "one",
                                            value =
                                                    "[{\"code\":\"V20\",\"name\":\"VAT 20 %\",\"rate\":\"20\",\"country\":\"GB\",\"erpTax\":\"V20\",\"validFrom\":\"2026-01-01\"}]")))
    @APIResponse(
            responseCode = "200",
            description = "The verdicts; an item's problem is MAS-1015 (invalid) or MAS-2002 (refused)",
            content = @Content(schema = @Schema(implementation = MasterVerdicts.class)))
    @Problems({"MAS-1015", "MAS-1007", "MAS-1008", "MAS-1005"})
    public MasterVerdicts putAll(
            @Parameter(description = "For operators: whose tax codes") @QueryParam("tenant") @Nullable String tenant,
            byte[] body,
            @Context HttpServletRequest request) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        return door.through(Lane.CATALOGUE, () -> {
            MasterBatch<TaxCodeContent> batch = new MasterBatch<>(
                    body, "code", MasterDataError.INVALID_TAX_CODE, TaxCodeDocument::read, TaxCodeContent::code);
            List<TaxCodeContent> valid = batch.valid();
            Taken<Map<String, Long>> taken = valid.isEmpty()
                    ? new Taken<>(Map.of(), Map.of())
                    : transactions.call(() -> erp.beside(
                            owner,
                            MasterKind.TAX_CODE,
                            valid,
                            TaxCodesResource::claim,
                            contents -> taxCodes.learn(owner, contents, caller.partner(), now())));
            return batch.verdicts(
                    content -> {
                        Violation field = taken.contradicted().get(content.code());
                        return field == null
                                ? MasterBatch.Outcome.ofVersion(taken.learnt().get(content.code()))
                                : MasterBatch.Outcome.contradicted(field);
                    },
                    ApiKeyGate.traceparent(request));
        });
    }

    @GET
    @MayBeOld
    @RequiresScope(Scopes.MASTERDATA_READ)
    @Operation(operationId = "listTaxCodes", summary = "List the tax codes, by their keys")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = TaxCodeState.Page.class)))
    @Problems({"MAS-1007", "MAS-1008"})
    public TaxCodeState.Page list(
            @Parameter(description = "The last one of the page before") @QueryParam("after") @DefaultValue("")
                    String after,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @Parameter(description = "For operators: whose tax codes") @QueryParam("tenant") @Nullable String tenant,
            @Context HttpServletRequest request) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        int size = Paging.size(limit);
        List<Stored> found = transactions.call(() -> taxCodes.page(owner, after, size + 1));
        List<TaxCodeState> page =
                found.stream().limit(size).map(TaxCodeState::of).toList();
        return new TaxCodeState.Page(
                page, found.size() > size ? page.get(size - 1).code() : null);
    }

    @GET
    @MayBeOld
    @Path("/{taxCode: .+}")
    @RequiresScope(Scopes.MASTERDATA_READ)
    @Operation(operationId = "getTaxCode", summary = "Read one tax code")
    @APIResponse(
            responseCode = "200",
            description = "The tax code",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = TaxCodeState.class)))
    @Problems({"MAS-1007", "MAS-1008", "MAS-1016"})
    public Response get(
            @PathParam("taxCode") String taxCode,
            @Parameter(description = "For operators: whose tax code") @QueryParam("tenant") @Nullable String tenant,
            @Context HttpServletRequest request) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        Stored stored = transactions.call(() -> taxCodes.find(owner, taxCode)
                .orElseThrow(() ->
                        new RetailException(MasterDataError.TAX_CODE_NOT_FOUND, "the tenant has no such tax code")));
        return Response.ok(TaxCodeState.of(stored))
                .header("ETag", "\"" + stored.version() + "\"")
                .build();
    }

    private static ErpMasters.Claim claim(TaxCodeContent content) {
        return new ErpMasters.Claim(content.code(), content.erpTax(), content.name(), content.rate(), content.active());
    }

    /** What the database keeps: microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
