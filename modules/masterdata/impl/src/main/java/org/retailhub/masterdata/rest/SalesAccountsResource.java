package org.retailhub.masterdata.rest;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
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
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.KnownSalesAccounts;
import org.retailhub.masterdata.domain.SalesAccount;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.MayBeOld;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.server.Door;
import org.retailhub.platform.runtime.tx.Transactions;

/** Under which of the ERP's accounts the tenant's channels sell. Each method is one transaction. */
@Path("/sales-accounts/{channel}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "masterdata")
public class SalesAccountsResource {
    private static final int MAX_BODY = 16 * 1024;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Transactions transactions;

    @Inject
    private Door door;

    @Inject
    private Clock clock;

    private KnownSalesAccounts accounts;

    @PostConstruct
    void assemble() {
        accounts = new KnownSalesAccounts(entities);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.MASTERDATA_WRITE)
    @Operation(
            operationId = "putSalesAccount",
            summary = "Say how the ERP books a channel",
            description = "Idempotent; counts for orders posted from then on.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = SalesAccountDocument.class),
                            examples =
                                    @ExampleObject(
                                            name = "shop",
                                            value =
                                                    "{\"erpPartner\":\"C-SHOP-EU\",\"brand\":\"Example Home\",\"legalEntity\":\"HQ\"}")))
    @APIResponse(
            responseCode = "200",
            description = "The account as it is now",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = SalesAccountState.class)))
    @Problems({"MAS-1002", "MAS-1007", "MAS-1008", "MAS-1010"})
    public Response put(
            @PathParam("channel") String channel,
            @Parameter(description = "For operators: whose channel") @QueryParam("tenant") @Nullable String tenant,
            byte[] body,
            @Context HttpServletRequest request) {
        String owner = owner(request, tenant, channel);
        if (body.length > MAX_BODY) {
            throw new RetailException(RuntimeError.BODY_TOO_LARGE, "at most " + MAX_BODY + " bytes");
        }
        SalesAccountDocument wanted = StrictJson.read(body, SalesAccountDocument.class);
        String erpPartner = wanted.checked(channel);
        return door.through(
                Lane.CATALOGUE,
                () -> transactions.call(() -> answer(accounts.bookUnder(
                        owner,
                        channel,
                        erpPartner,
                        wanted.brand(),
                        wanted.legalEntity(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS)))));
    }

    @GET
    @MayBeOld
    @RequiresScope(Scopes.MASTERDATA_READ)
    @Operation(operationId = "getSalesAccount", summary = "Read how the ERP books a channel")
    @APIResponse(
            responseCode = "200",
            description = "The account",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = SalesAccountState.class)))
    @Problems({"MAS-1007", "MAS-1008", "MAS-1010", "MAS-1004"})
    public Response get(
            @PathParam("channel") String channel,
            @Parameter(description = "For operators: whose channel") @QueryParam("tenant") @Nullable String tenant,
            @Context HttpServletRequest request) {
        String owner = owner(request, tenant, channel);
        return transactions.call(() -> answer(accounts.find(owner, channel)
                .orElseThrow(() -> new RetailException(
                        MasterDataError.SALES_ACCOUNT_NOT_FOUND, "the tenant has none for this channel"))));
    }

    private static String owner(HttpServletRequest request, @Nullable String tenant, String channel) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        if (!caller.maySpeakFor(channel)) {
            throw new RetailException(MasterDataError.CHANNEL_FORBIDDEN, "the credential has other channels");
        }
        return owner;
    }

    private static Response answer(SalesAccount account) {
        return Response.ok(SalesAccountState.of(account))
                .header("ETag", "\"" + account.version() + "\"")
                .build();
    }
}
