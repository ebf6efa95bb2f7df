package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
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
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
import org.retailhub.masterdata.ErpMasters;
import org.retailhub.masterdata.ErpMasters.Taken;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.KnownProducts;
import org.retailhub.masterdata.domain.Learning.Decision;
import org.retailhub.masterdata.domain.Learning.Verdict;
import org.retailhub.masterdata.domain.MasterKind;
import org.retailhub.masterdata.domain.Product;
import org.retailhub.masterdata.domain.ProductContent;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.MayBeOld;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.server.Door;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;

/** The products of the caller's tenant. Each method is one transaction. */
@Path("/products")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(
        name = "masterdata",
        description = "Products, customers, places, tax codes, and the ERP's accounts of sales channels")
public class ProductsResource {
    private static final int MAX_BODY = 4 * 1024 * 1024;
    private static final int MAX_ITEMS = 1000;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Database database;

    @Inject
    private ErpMasters erp;

    @Inject
    private Transactions transactions;

    @Inject
    private Door door;

    @Inject
    private Clock clock;

    private KnownProducts products;

    @PostConstruct
    void assemble() {
        products = new KnownProducts(entities, database);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.MASTERDATA_WRITE)
    @Operation(
            operationId = "putProducts",
            summary = "Create or replace up to 1,000 products",
            description =
                    "Idempotent. Each product gets its own verdict; the valid ones are kept even if others are not."
                            + " A GTIN moves between products in two requests: released by the one, then claimed by the other.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.ARRAY, implementation = ProductDocument.class),
                            examples =
                                    @ExampleObject(
                                            name = "two mugs",
                                            value =
                                                    "[{\"sku\":\"MUG-BLUE\",\"gtins\":[\"4006381333931\"],\"erpItem\":\"1001\",\"name\":\"Mug, blue\"},"
                                                            + "{\"sku\":\"MUG-RED\",\"erpItem\":\"1002\",\"name\":\"Mug, red\",\"active\":false}]")))
    @APIResponse(
            responseCode = "200",
            description =
                    "The verdicts; an item's problem is MAS-1001 (invalid), MAS-1006 (conflict) or MAS-2002 (refused)",
            content = @Content(schema = @Schema(implementation = ProductVerdicts.class)))
    @Problems({"MAS-1001", "MAS-1007", "MAS-1008", "MAS-1005"})
    public ProductVerdicts putAll(
            @Parameter(description = "For operators: whose products") @QueryParam("tenant") @Nullable String tenant,
            byte[] body,
            @Context HttpServletRequest request) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        return door.through(Lane.CATALOGUE, () -> learnAll(owner, body, ApiKeyGate.traceparent(request)));
    }

    private ProductVerdicts learnAll(String owner, byte[] body, String traceparent) {
        JsonNode array = read(body);
        if (!array.isArray()) {
            throw invalid(List.of(new Violation("", "the body must be an array of products")));
        }
        if (array.size() > MAX_ITEMS) {
            throw new RetailException(
                    MasterDataError.TOO_MANY_ITEMS, "at most " + MAX_ITEMS + " products, not " + array.size());
        }
        ProductBatch batch = new ProductBatch(array);
        List<ProductContent> valid = batch.valid();
        Taken<Map<Sku, Decision>> taken =
                valid.isEmpty() ? new Taken<>(Map.of(), Map.of()) : transactions.call(() -> learn(owner, valid));
        return batch.verdicts(taken, traceparent);
    }

    private Taken<Map<Sku, Decision>> learn(String tenant, List<ProductContent> contents) {
        return erp.beside(
                tenant,
                MasterKind.ITEM,
                contents,
                content -> new ErpMasters.Claim(
                        content.sku().value(), content.erpItem(), content.name(), null, content.active()),
                others -> products.learn(tenant, others, now()));
    }

    @PUT
    @Path("/{sku: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.MASTERDATA_WRITE)
    @Operation(
            operationId = "putProduct",
            summary = "Create or replace one product",
            description = "Idempotent. With If-Match only if the product still has that version.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = ProductDocument.class),
                            examples =
                                    @ExampleObject(
                                            name = "mug",
                                            value =
                                                    "{\"gtins\":[\"4006381333931\"],\"erpItem\":\"1001\",\"name\":\"Mug, blue\"}")))
    @APIResponse(
            responseCode = "201",
            description = "Created",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = ProductState.class)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced, or the same as before",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = ProductState.class)))
    @Problems({"MAS-1001", "MAS-1007", "MAS-1008", "MAS-1006", "MAS-1009", "MAS-2002"})
    public Response put(
            @PathParam("sku") String sku,
            @Parameter(description = "For operators: whose product") @QueryParam("tenant") @Nullable String tenant,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            byte[] body,
            @Context HttpServletRequest request) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        if (!Sku.isValid(sku)) {
            throw invalid(List.of(new Violation("sku", "not a SKU")));
        }
        ProductDocument.Reading reading = ProductDocument.read(read(body), sku);
        if (!reading.isValid()) {
            throw invalid(reading.violations());
        }
        return door.through(Lane.CATALOGUE, () -> transactions.call(() -> learnOne(owner, reading.product(), ifMatch)));
    }

    /** Throwing rolls back what was learnt. */
    private Response learnOne(String tenant, ProductContent content, @Nullable String ifMatch) {
        Taken<Map<Sku, Decision>> taken = learn(tenant, List.of(content));
        Violation field = taken.contradicted().get(content.sku().value());
        if (field != null) {
            throw MasterBatch.erpOwns(field);
        }
        Decision decision = Objects.requireNonNull(taken.learnt().get(content.sku()), "each product is decided");
        decision.takenGtin().ifPresent(gtin -> {
            throw new RetailException(
                    MasterDataError.GTIN_TAKEN, ProductBatch.taken(gtin), List.of(ProductBatch.violation(gtin)), null);
        });
        Product product = products.find(tenant, content.sku()).orElseThrow();
        boolean isNew = decision.verdict() == Verdict.CREATED;
        long before = decision.verdict() == Verdict.UPDATED ? product.version() - 1 : product.version();
        if (ifMatch != null && (isNew || !ifMatch.equals("*") && !ifMatch.equals(tag(before)))) {
            throw new RetailException(
                    MasterDataError.VERSION_DIFFERS, isNew ? "there is no such product yet" : "it is " + tag(before));
        }
        return Response.status(isNew ? Response.Status.CREATED : Response.Status.OK)
                .header("ETag", tag(product.version()))
                .entity(ProductState.of(product))
                .build();
    }

    @GET
    @MayBeOld
    @Path("/{sku: .+}")
    @RequiresScope(Scopes.MASTERDATA_READ)
    @Operation(operationId = "getProduct", summary = "Read one product")
    @APIResponse(
            responseCode = "200",
            description = "The product",
            headers = @Header(name = "ETag"),
            content = @Content(schema = @Schema(implementation = ProductState.class)))
    @Problems({"MAS-1007", "MAS-1008", "MAS-1003"})
    public Response get(
            @PathParam("sku") String sku,
            @Parameter(description = "For operators: whose product") @QueryParam("tenant") @Nullable String tenant,
            @Context HttpServletRequest request) {
        String owner = Tenancy.tenant(ApiKeyGate.caller(request), tenant);
        if (!Sku.isValid(sku)) {
            throw noSuchProduct();
        }
        return transactions.call(() -> {
            Product product = products.find(owner, new Sku(sku)).orElseThrow(ProductsResource::noSuchProduct);
            return Response.ok(ProductState.of(product))
                    .header("ETag", tag(product.version()))
                    .build();
        });
    }

    private static JsonNode read(byte[] body) {
        if (body.length > MAX_BODY) {
            throw new RetailException(RuntimeError.BODY_TOO_LARGE, "at most " + MAX_BODY + " bytes");
        }
        return StrictJson.read(body, JsonNode.class);
    }

    /** What the database keeps: microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }

    private static RetailException noSuchProduct() {
        return new RetailException(MasterDataError.PRODUCT_NOT_FOUND, "the tenant has no such product");
    }

    private static RetailException invalid(List<Violation> violations) {
        return new RetailException(
                MasterDataError.INVALID_PRODUCT, violations.size() + " faulty field(s)", violations, null);
    }
}
