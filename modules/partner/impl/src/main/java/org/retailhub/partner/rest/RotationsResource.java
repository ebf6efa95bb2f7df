package org.retailhub.partner.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.retailhub.partner.PartnerOnboarding;
import org.retailhub.partner.PartnerOnboarding.Rotation;
import org.retailhub.partner.api.PartnerError;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.tx.Transactions;

/** Another key for the same credential, for operators. One transaction. */
@Path("/partners/{code}/credentials/{id}/rotations")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "partner")
public class RotationsResource {
    @Inject
    private Transactions transactions;

    @Inject
    private PartnerOnboarding onboarding;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "rotateCredential",
            summary = "Rotate an API key",
            description =
                    "A second key with the same name, scopes and channels; the first ends at the stated time. The answer"
                            + " shows the key; it cannot be had again. If the answer was lost, the next one is 409 with the"
                            + " successor's id: rotate that one.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewRotation.class),
                            examples = @ExampleObject(name = "a day of overlap", value = "{\"overlapSeconds\":86400}")))
    @APIResponse(
            responseCode = "201",
            description = "The new credential, with its key",
            content = @Content(schema = @Schema(implementation = CredentialView.class)))
    @Problems({"PAR-1008", "PAR-1007", "PAR-1004", "PAR-1009"})
    public Response rotate(
            @PathParam("code") String code,
            @PathParam("id") String id,
            byte[] body,
            @Context HttpServletRequest request) {
        String actor = PartnersResource.operatorOnly(request);
        Duration overlap = PartnersResource.read(body, NewRotation.class).checked();
        Rotation rotation = transactions
                .call(() -> onboarding.rotate(actor, code, id, overlap))
                .orElseThrow(() -> new RetailException(
                        PartnerError.CREDENTIAL_NOT_FOUND, "partner " + code + " has no credential " + id));
        if (rotation instanceof Rotation.Rotated rotated) {
            return Response.status(Response.Status.CREATED)
                    .header("Cache-Control", "no-store")
                    .entity(CredentialView.with(rotated.fresh(), rotated.key().reveal()))
                    .build();
        }
        String why = ((Rotation.NotCurrent) rotation)
                .successor()
                .map(successor -> "was rotated before, to " + successor)
                .orElse("was revoked");
        throw new RetailException(
                PartnerError.CREDENTIAL_NOT_CURRENT, "the credential " + why, List.of(new Violation("id", why)), null);
    }
}
