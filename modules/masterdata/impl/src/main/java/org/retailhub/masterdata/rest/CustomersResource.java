package org.retailhub.masterdata.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
import org.retailhub.masterdata.CustomerDesk;
import org.retailhub.masterdata.ErpMasters;
import org.retailhub.masterdata.ErpMasters.Taken;
import org.retailhub.masterdata.KnownCustomers.Stored;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.CustomerContent;
import org.retailhub.masterdata.domain.CustomerLearning.Decision;
import org.retailhub.masterdata.domain.CustomerLearning.Verdict;
import org.retailhub.masterdata.domain.MasterKind;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.server.Door;
import org.retailhub.platform.runtime.tx.Transactions;

/** The customers of the caller's tenant. Each method is one transaction. No answer of it is kept for when the database is away. */
@Path("/customers")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "masterdata")
public class CustomersResource {
    private static final int MAX_REASON = 200;

    @Inject
    private CustomerDesk desk;

    @Inject
    private ErpMasters erp;

    @Inject
    private Transactions transactions;

    @Inject
    private Door door;

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.CUSTOMERS_WRITE)
    @Operation(
            operationId = "putCustomers",
            summary = "Create or replace up to 1,000 customers",
            description =
                    "Idempotent. Each customer gets its own verdict; the valid ones are kept even if others are not. One that was"
                            + " erased is refused: it does not come back.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.ARRAY, implementation = CustomerDocument.class),
                            examples =
                                    @ExampleObject(
                                            name = "two customers",
                                            value =
                                                    "[{\"id\":\"C-1001\",\"erpPartner\":\"BP-1001\",\"personal\":{\"name\":\"A. Buyer\",\"email\":\"a@example.org\",\"country\":\"DE\"}},"
                                                            + "{\"id\":\"C-1002\",\"block\":\"credit-stop\"}]")))
    @APIResponse(
            responseCode = "200",
            description = "The verdicts; an item's problem is MAS-1011 (invalid), MAS-2001 or MAS-2002 (refused)",
            content = @Content(schema = @Schema(implementation = MasterVerdicts.class)))
    @Problems({"MAS-1011", "MAS-1007", "MAS-1008", "MAS-1005", "MAS-3001"})
    public MasterVerdicts putAll(
            @Parameter(description = "For operators: whose customers") @QueryParam("tenant") @Nullable String tenant,
            byte[] body,
            @Context HttpServletRequest request) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        return door.through(Lane.CATALOGUE, () -> {
            MasterBatch<CustomerContent> batch = new MasterBatch<>(
                    body, "id", MasterDataError.INVALID_CUSTOMER, CustomerDocument::read, CustomerContent::id);
            List<CustomerContent> valid = batch.valid();
            Taken<Map<String, Decision>> taken = valid.isEmpty()
                    ? new Taken<>(Map.of(), Map.of())
                    : transactions.call(() -> learn(owner, valid, caller));
            return batch.verdicts(
                    content -> {
                        Violation field = taken.contradicted().get(content.id());
                        return field == null
                                ? outcome(Objects.requireNonNull(
                                        taken.learnt().get(content.id()), "each customer is decided"))
                                : MasterBatch.Outcome.contradicted(field);
                    },
                    ApiKeyGate.traceparent(request));
        });
    }

    private Taken<Map<String, Decision>> learn(String tenant, List<CustomerContent> contents, CallContext caller) {
        return erp.beside(
                tenant,
                MasterKind.CUSTOMER,
                contents,
                content -> new ErpMasters.Claim(content.id(), content.erpPartner(), null, null, content.active()),
                others -> desk.learn(tenant, others, caller.partner()));
    }

    private static MasterBatch.Outcome outcome(Decision decision) {
        return decision.verdict() == Verdict.ERASED
                ? new MasterBatch.Outcome("refused", erased())
                : MasterBatch.Outcome.of(decision.verdict().name().toLowerCase(Locale.ROOT));
    }

    @PUT
    @Path("/{customerId: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.CUSTOMERS_WRITE)
    @Operation(
            operationId = "putCustomer",
            summary = "Create or replace one customer",
            description = "Idempotent. With If-Match only if the customer still has that version.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = CustomerDocument.class),
                            examples =
                                    @ExampleObject(
                                            name = "customer",
                                            value =
                                                    "{\"erpPartner\":\"BP-1001\",\"personal\":{\"name\":\"A. Buyer\",\"email\":\"a@example.org\",\"country\":\"DE\"}}")))
    @APIResponse(
            responseCode = "201",
            description = "Created",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = CustomerState.class)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced, or the same as before",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = CustomerState.class)))
    @Problems({"MAS-1011", "MAS-1007", "MAS-1008", "MAS-1019", "MAS-2001", "MAS-2002", "MAS-3001"})
    public Response put(
            @PathParam("customerId") String customerId,
            @Parameter(description = "For operators: whose customer") @QueryParam("tenant") @Nullable String tenant,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            byte[] body,
            @Context HttpServletRequest request) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        if (!isId(customerId)) {
            throw MasterBatch.invalid(
                    MasterDataError.INVALID_CUSTOMER, List.of(new Violation("id", "1 to 64 printable characters")));
        }
        Reading<CustomerContent> reading = CustomerDocument.read(MasterBatch.json(body), customerId);
        if (!reading.isValid()) {
            throw MasterBatch.invalid(MasterDataError.INVALID_CUSTOMER, reading.violations());
        }
        return door.through(
                Lane.CATALOGUE, () -> transactions.call(() -> learnOne(owner, reading.valid(), ifMatch, caller)));
    }

    /** Throwing rolls back what was learnt. */
    private Response learnOne(String tenant, CustomerContent content, @Nullable String ifMatch, CallContext caller) {
        Taken<Map<String, Decision>> taken = learn(tenant, List.of(content), caller);
        Violation field = taken.contradicted().get(content.id());
        if (field != null) {
            throw MasterBatch.erpOwns(field);
        }
        Decision decision = Objects.requireNonNull(taken.learnt().get(content.id()), "each customer is decided");
        if (decision.verdict() == Verdict.ERASED) {
            throw erased();
        }
        Stored stored = desk.find(tenant, content.id()).orElseThrow();
        boolean isNew = decision.verdict() == Verdict.CREATED;
        long before = decision.verdict() == Verdict.UPDATED ? stored.version() - 1 : stored.version();
        if (ifMatch != null && (isNew || !ifMatch.equals("*") && !ifMatch.equals(tag(before)))) {
            throw new RetailException(
                    MasterDataError.CUSTOMER_VERSION_DIFFERS,
                    isNew ? "there is no such customer yet" : "it is " + tag(before));
        }
        return answer(isNew ? Response.Status.CREATED : Response.Status.OK, stored, caller);
    }

    @GET
    @Path("/{customerId: .+}")
    @RequiresScope(Scopes.CUSTOMERS_READ)
    @Operation(
            operationId = "getCustomer",
            summary = "Read one customer",
            description = "Personal data are shown to callers that have the scope `personal:read` as well.")
    @APIResponse(
            responseCode = "200",
            description = "The customer",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = CustomerState.class)))
    @Problems({"MAS-1007", "MAS-1008", "MAS-1012"})
    public Response get(
            @PathParam("customerId") String customerId,
            @Parameter(description = "For operators: whose customer") @QueryParam("tenant") @Nullable String tenant,
            @Context HttpServletRequest request) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        Stored stored = transactions.call(() -> desk.find(owner, customerId).orElseThrow(CustomersResource::unknown));
        return answer(Response.Status.OK, stored, caller);
    }

    @DELETE
    @Path("/{customerId: .+}")
    @RequiresScope(Scopes.CUSTOMERS_WRITE)
    @Operation(
            operationId = "eraseCustomer",
            summary = "Erase a customer's personal data",
            description =
                    "Its id, its ERP partner and the record of the erasure stay, so that the books do; it may not buy any more and cannot be"
                            + " written again. Idempotent: done once, the answer tells of that.")
    @APIResponse(
            responseCode = "200",
            description = "The record of the erasure",
            content = @Content(schema = @Schema(implementation = ErasureState.class)))
    @Problems({"MAS-1007", "MAS-1008", "MAS-1012", "MAS-1020"})
    public ErasureState erase(
            @PathParam("customerId") String customerId,
            @Parameter(description = "For operators: whose customer") @QueryParam("tenant") @Nullable String tenant,
            @Parameter(description = "For the record: no personal data", example = "request of 2026-11-24")
                    @QueryParam("reason")
                    @Nullable
                    String reason,
            @Context HttpServletRequest request) {
        CallContext caller = ApiKeyGate.caller(request);
        String owner = Tenancy.tenant(caller, tenant);
        if (reason != null && (!ProductDocument.isText(reason, MAX_REASON) || reason.indexOf('@') >= 0)) {
            String rule = "1 to " + MAX_REASON + " printable characters, no blank at either end, no e-mail address";
            throw new RetailException(
                    MasterDataError.INVALID_REASON, "reason: " + rule, List.of(new Violation("reason", rule)), null);
        }
        return transactions.call(
                () -> desk.erase(owner, customerId, caller.partner(), reason == null ? "not said" : reason)
                        .map(ErasureState::of)
                        .orElseThrow(CustomersResource::unknown));
    }

    private static boolean isId(String id) {
        return ProductDocument.isText(id, CustomerContent.MAX_ID);
    }

    private static Response answer(Response.Status status, Stored stored, CallContext caller) {
        return Response.status(status)
                .header("ETag", tag(stored.version()))
                .entity(CustomerState.of(stored, caller.scopes().contains(Scopes.PERSONAL_READ)))
                .build();
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }

    private static RetailException unknown() {
        return new RetailException(MasterDataError.CUSTOMER_NOT_FOUND, "the tenant has no such customer");
    }

    private static RetailException erased() {
        return new RetailException(
                MasterDataError.CUSTOMER_ERASED, "its personal data were erased; a new customer gets a new id");
    }
}
