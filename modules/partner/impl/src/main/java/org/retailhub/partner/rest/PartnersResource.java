package org.retailhub.partner.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.retailhub.partner.PartnerOnboarding;
import org.retailhub.partner.PartnerOnboarding.Issue;
import org.retailhub.partner.PartnerOnboarding.Registration;
import org.retailhub.partner.api.PartnerError;
import org.retailhub.partner.api.Scopes;
import org.retailhub.partner.domain.Credentials;
import org.retailhub.partner.domain.Partner;
import org.retailhub.partner.domain.Partners;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** Partners and their credentials, for operators. Each method is one transaction. */
@Path("/partners")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "partner", description = "Partners, tenants and API keys; for operators")
public class PartnersResource {
    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_PAGE = 500;

    @Inject
    private Transactions transactions;

    @Inject
    private PartnerOnboarding onboarding;

    @Inject
    private Partners partners;

    @Inject
    private Credentials credentials;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "registerPartner",
            summary = "Register a partner",
            description = "Idempotent by code: the same content again answers 200, other content 409.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewPartner.class),
                            examples =
                                    @ExampleObject(
                                            name = "web shop",
                                            value =
                                                    "{\"code\":\"acme-web\",\"tenant\":\"acme\",\"name\":\"Acme web shop\"}")))
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(schema = @Schema(implementation = PartnerView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Was registered before, with the same content",
            content = @Content(schema = @Schema(implementation = PartnerView.class)))
    @Problems({"PAR-1001", "PAR-1007", "PAR-1005"})
    public Response register(byte[] body, @Context HttpServletRequest request, @Context UriInfo uri) {
        String actor = operatorOnly(request);
        NewPartner.Checked wanted = read(body, NewPartner.class).checked();
        Registration registration =
                transactions.call(() -> onboarding.register(actor, wanted.code(), wanted.tenant(), wanted.name()));
        if (registration instanceof Registration.Registered registered) {
            return Response.status(registered.isNew() ? Response.Status.CREATED : Response.Status.OK)
                    .location(uri.getAbsolutePathBuilder().path(wanted.code()).build())
                    .entity(PartnerView.of(registered.partner()))
                    .build();
        }
        List<Violation> violations = ((Registration.Differs) registration)
                .fields().stream()
                        .map(field -> new Violation(field, "differs from the partner registered before"))
                        .toList();
        throw new RetailException(
                PartnerError.PARTNER_DIFFERS, "the code " + wanted.code() + " is taken", violations, null);
    }

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listPartners", summary = "List partners in order of their codes")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = PartnerView.Page.class)))
    @Problems("PAR-1007")
    public PartnerView.Page list(
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @Context HttpServletRequest request) {
        operatorOnly(request);
        int size = pageSize(limit);
        List<Partner> found = transactions.call(() -> partners.page(after, size + 1));
        List<PartnerView> page = found.stream().limit(size).map(PartnerView::of).toList();
        return new PartnerView.Page(
                page, found.size() > size ? page.get(size - 1).code() : null);
    }

    @GET
    @Path("/{code}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "getPartner", summary = "Read one partner")
    @APIResponse(
            responseCode = "200",
            description = "The partner",
            content = @Content(schema = @Schema(implementation = PartnerView.class)))
    @Problems({"PAR-1007", "PAR-1003"})
    public PartnerView get(@PathParam("code") String code, @Context HttpServletRequest request) {
        operatorOnly(request);
        return PartnerView.of(transactions.call(() -> partners.byCode(code)).orElseThrow(() -> noSuchPartner(code)));
    }

    @POST
    @Path("/{code}/credentials")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "issueCredential",
            summary = "Issue an API key",
            description =
                    "The answer shows the key; it cannot be had again. A live key of the same name answers 409 with its id:"
                            + " if the first answer was lost, revoke that one and issue again.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewCredential.class),
                            examples =
                                    @ExampleObject(
                                            name = "orders of one channel",
                                            value =
                                                    "{\"name\":\"production\",\"scopes\":[\"orders:read\",\"orders:write\"],"
                                                            + "\"channels\":[\"shop-eu\"]}")))
    @APIResponse(
            responseCode = "201",
            description = "Issued, with the key",
            content = @Content(schema = @Schema(implementation = CredentialView.class)))
    @Problems({"PAR-1002", "PAR-1007", "PAR-1003", "PAR-1006"})
    public Response issue(
            @PathParam("code") String code, byte[] body, @Context HttpServletRequest request, @Context UriInfo uri) {
        String actor = operatorOnly(request);
        NewCredential.Checked wanted = read(body, NewCredential.class).checked();
        Issue issue = transactions
                .call(() -> onboarding.issue(actor, code, wanted.name(), wanted.scopes(), wanted.channels()))
                .orElseThrow(() -> noSuchPartner(code));
        if (issue instanceof Issue.Issued issued) {
            String id = issued.credential().id();
            return Response.created(uri.getAbsolutePathBuilder().path(id).build())
                    .header("Cache-Control", "no-store")
                    .entity(CredentialView.with(
                            issued.credential(), issued.key().reveal()))
                    .build();
        }
        String taken = ((Issue.NameTaken) issue).credentialId();
        throw new RetailException(
                PartnerError.CREDENTIAL_NAME_TAKEN,
                "the live credential " + taken + " has this name",
                List.of(new Violation("name", "has the live credential " + taken)),
                null);
    }

    @GET
    @Path("/{code}/credentials")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "listCredentials",
            summary = "List a partner's credentials, live and revoked, without keys")
    @APIResponse(
            responseCode = "200",
            description = "All of them, oldest first",
            content = @Content(schema = @Schema(implementation = CredentialView.All.class)))
    @Problems({"PAR-1007", "PAR-1003"})
    public CredentialView.All credentials(@PathParam("code") String code, @Context HttpServletRequest request) {
        operatorOnly(request);
        return transactions.call(() -> {
            partners.byCode(code).orElseThrow(() -> noSuchPartner(code));
            return new CredentialView.All(
                    credentials.allOf(code).stream().map(CredentialView::of).toList());
        });
    }

    @DELETE
    @Path("/{code}/credentials/{id}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "revokeCredential",
            summary = "Revoke an API key",
            description = "Dead on every node within 5 s. Revoking again answers the same.")
    @APIResponse(responseCode = "204", description = "Revoked")
    @Problems({"PAR-1007", "PAR-1004"})
    public void revoke(
            @PathParam("code") String code, @PathParam("id") String id, @Context HttpServletRequest request) {
        String actor = operatorOnly(request);
        boolean found = transactions.call(() -> onboarding.revoke(actor, code, id));
        if (!found) {
            throw new RetailException(
                    PartnerError.CREDENTIAL_NOT_FOUND, "partner " + code + " has no credential " + id);
        }
    }

    /**
     * A partner's key with the scope would still be a partner's: what is here crosses tenants.
     *
     * @return who acts, for the audit
     */
    static String operatorOnly(HttpServletRequest request) {
        CallContext caller = ApiKeyGate.caller(request);
        if (!caller.isOperator()) {
            throw new RetailException(PartnerError.OPERATORS_ONLY, "this credential belongs to a tenant");
        }
        return caller.partner();
    }

    static <T> T read(byte[] body, Class<T> type) {
        if (body.length > MAX_BODY) {
            throw new RetailException(RuntimeError.BODY_TOO_LARGE, "at most " + MAX_BODY + " bytes");
        }
        return StrictJson.read(body, type);
    }

    static int pageSize(String limit) {
        if (limit.matches("[0-9]{1,4}") && Integer.parseInt(limit) >= 1 && Integer.parseInt(limit) <= MAX_PAGE) {
            return Integer.parseInt(limit);
        }
        throw new RetailException(
                RuntimeError.INVALID_PARAMETER,
                "limit: 1 to " + MAX_PAGE,
                List.of(new Violation("limit", "1 to " + MAX_PAGE)),
                null);
    }

    static RetailException noSuchPartner(String code) {
        return new RetailException(PartnerError.PARTNER_NOT_FOUND, "there is no partner " + code);
    }
}
