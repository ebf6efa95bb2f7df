package org.retailhub.platform.runtime.openapi;

import jakarta.ws.rs.core.Application;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.MayBeOld;
import org.retailhub.platform.runtime.rest.Problem;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.Route;

/**
 * Completes a module's part of the API document from its code: what the application does not serve goes out; each operation gets the
 * scope that its method names, its own problems and those that all share, with status and title from the error enums. The server merges
 * the parts of all modules by name, so what is shared is the same text in each.
 */
public final class ModuleDocument {
    private static final Map<Integer, String> SHARED_NAMES = Map.of(
            401,
            "Unauthenticated",
            403,
            "Forbidden",
            406,
            "NotAcceptable",
            408,
            "TooSlow",
            413,
            "TooLarge",
            415,
            "UnsupportedType",
            429,
            "TooManyCalls",
            500,
            "Failure",
            503,
            "Unavailable");

    private final String module;
    private final String about;
    private final String ownPackage;
    private final Operations operations;
    private final Collection<ErrorCode> errors;
    private final ProblemCatalogue catalogue;
    private final Lifecycle lifecycle;

    private ModuleDocument(
            String module, String about, Application application, Collection<ErrorCode> errors, Lifecycle lifecycle) {
        this.module = module;
        this.about = about;
        this.ownPackage = application.getClass().getPackageName();
        this.operations = new Operations(application);
        this.errors = errors;
        this.catalogue = new ProblemCatalogue(errors);
        this.lifecycle = lifecycle;
    }

    /**
     * @param module its name, as in its paths
     * @param about one line for people
     * @param errors the enums whose codes its operations name
     */
    public static ModuleDocument of(String module, String about, Application application, ErrorCode[]... errors) {
        return of(module, about, application, Lifecycle.shipped(), errors);
    }

    static ModuleDocument of(
            String module, String about, Application application, Lifecycle lifecycle, ErrorCode[]... errors) {
        List<ErrorCode> codes = Arrays.stream(errors)
                .flatMap(Arrays::stream)
                .map(ErrorCode.class::cast)
                .toList();
        return new ModuleDocument(module, about, application, codes, lifecycle);
    }

    /** @throws IllegalStateException if an operation names a problem that no enum has */
    public void complete(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        secure(document.getComponents());
        Vocabulary.explain(document.getComponents());
        RateLimits.describe(document.getComponents());
        LastKnown.describe(document.getComponents());
        Set<String> tags = new TreeSet<>();
        for (Map.Entry<String, PathItem> path :
                Map.copyOf(document.getPaths().getPathItems()).entrySet()) {
            PathItem item = path.getValue();
            Map.copyOf(item.getOperations()).forEach((http, operation) -> {
                Optional<Method> method = operations.find(http.name(), path.getKey());
                if (method.isEmpty()) {
                    item.setOperation(http, null);
                } else {
                    complete(document.getComponents(), http, operation, method.get());
                    tags.addAll(operation.getTags());
                }
            });
            if (item.getOperations().isEmpty()) {
                document.getPaths().removePathItem(path.getKey());
            }
        }
        document.setTags(tags.stream()
                .map(tag -> OASFactory.createTag().name(tag).description(tag.equals(module) ? about : operators()))
                .toList());
        document.addExtension("x-problems-hub", ProblemCatalogue.describe(List.of(RuntimeError.values())));
        document.addExtension("x-problems-" + module, ProblemCatalogue.describe(errors));
    }

    private String operators() {
        return "For operators: what of the module " + module + " is parked, missing or to be sent again";
    }

    private static void secure(Components components) {
        components.addSecurityScheme(
                "apiKey",
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name("X-API-Key")
                        .description(
                                "A key that the hub's operators issue; it has scopes and may be bound to channels."));
        components.addSecurityScheme(
                "bearer",
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("A key as a bearer token, or a token of the hub's OIDC server if it has one."));
    }

    private void complete(Components components, PathItem.HttpMethod http, Operation operation, Method method) {
        // A resource that each module serves needs a name per module.
        boolean shared = !method.getDeclaringClass().getPackageName().equals(ownPackage);
        String id = operation.getOperationId() == null ? method.getName() : operation.getOperationId();
        lifecycle.of(id).ifPresent(end -> {
            operation.setDeprecated(true);
            operation.addExtension("x-sunset", end.sunset().toString());
        });
        operation.setOperationId(shared ? module + Character.toUpperCase(id.charAt(0)) + id.substring(1) : id);
        Vocabulary.explain(operation);
        operation.setTags(List.of(shared ? module + " operations" : module));
        RequiresScope scope = method.getAnnotation(RequiresScope.class);
        if (scope != null) {
            require(operation, scope.value());
        } else {
            operation.setSecurity(List.of());
        }
        boolean counted = scope != null && !scope.value().equals(RequiresScope.OPERATORS);
        if (counted) {
            RateLimits.announce(operation, Route.nameOf(method));
        }
        MayBeOld old = method.getAnnotation(MayBeOld.class);
        if (old != null) {
            LastKnown.announce(operation, old.seconds());
        }
        // A signed body is stored as it came: nothing in it is refused.
        boolean hasBody = operation.getRequestBody() != null && scope != null;
        Map<Integer, List<ErrorCode>> own = own(operation.getOperationId(), method);
        Map<Integer, List<ErrorCode>> all = new TreeMap<>(
                ProblemCatalogue.shared(scope != null, counted, hasBody, http != PathItem.HttpMethod.GET));
        Map<Integer, List<ErrorCode>> onlyShared = Map.copyOf(all);
        own.forEach((status, codes) -> all.merge(status, codes, ModuleDocument::joined));
        all.forEach((status, codes) -> operation
                .getResponses()
                .addAPIResponse(
                        Integer.toString(status),
                        scope != null && !own.containsKey(status) && SHARED_NAMES.containsKey(status)
                                ? reference(components, status, onlyShared.getOrDefault(status, codes), http)
                                : problem(status, codes)));
        operation.addExtension(
                "x-problems",
                all.values().stream()
                        .flatMap(List::stream)
                        .map(ErrorCode::code)
                        .sorted()
                        .toList());
    }

    private static void require(Operation operation, String scope) {
        operation.setSecurity(List.of(
                ((SecurityRequirement) OASFactory.createSecurityRequirement()).addScheme("apiKey", List.of(scope)),
                ((SecurityRequirement) OASFactory.createSecurityRequirement()).addScheme("bearer", List.of(scope))));
        String text = operation.getDescription() == null ? "" : operation.getDescription() + "\n\n";
        operation.setDescription(text + "Scope: `" + scope + "`.");
        operation.addExtension("x-required-scope", scope);
    }

    private Map<Integer, List<ErrorCode>> own(String operationId, Method method) {
        Problems named = method.getAnnotation(Problems.class);
        return named == null
                ? Map.of()
                : ProblemCatalogue.byStatus(Arrays.stream(named.value())
                        .map(code -> catalogue.named(code, operationId))
                        .toList());
    }

    private static List<ErrorCode> joined(List<ErrorCode> some, List<ErrorCode> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }

    /** What is the same everywhere stands once, among the components. */
    private static APIResponse reference(
            Components components, int status, List<ErrorCode> codes, PathItem.HttpMethod http) {
        boolean reading = status == 503 && http == PathItem.HttpMethod.GET;
        String name = SHARED_NAMES.get(status) + (reading ? "ForReading" : "");
        components.addResponse(name, problem(status, codes));
        return OASFactory.createAPIResponse().ref("#/components/responses/" + name);
    }

    private static APIResponse problem(int status, List<ErrorCode> codes) {
        StringBuilder text = new StringBuilder();
        codes.forEach(code -> text.append(text.isEmpty() ? "" : "\n")
                .append("- `")
                .append(code.code())
                .append("` ")
                .append(code.title()));
        Schema code = OASFactory.createSchema()
                .addType(Schema.SchemaType.STRING)
                .enumeration(codes.stream().map(each -> (Object) each.code()).toList());
        Schema schema = OASFactory.createSchema()
                .addAllOf(OASFactory.createSchema().ref("#/components/schemas/Problem"))
                .addAllOf(OASFactory.createSchema().addProperty("code", code));
        Content content = OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType().schema(schema).example(example(codes.get(0))));
        APIResponse response =
                OASFactory.createAPIResponse().description(text.toString()).content(content);
        if (status == 503 || status == 429) {
            response.addHeader(
                    "Retry-After",
                    OASFactory.createHeader()
                            .description("Seconds until the same request may be sent again")
                            .schema(OASFactory.createSchema().addType(Schema.SchemaType.INTEGER)));
        }
        if (status == 429) {
            RateLimits.announce(response);
        }
        return response;
    }

    private static Map<String, Object> example(ErrorCode code) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", "/docs/problems#" + code.code());
        example.put("title", code.title());
        example.put("status", code.kind().httpStatus());
        example.put("code", code.code());
        example.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        return example;
    }
}
