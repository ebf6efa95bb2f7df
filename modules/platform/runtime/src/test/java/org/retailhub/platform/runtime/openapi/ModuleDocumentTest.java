package org.retailhub.platform.runtime.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.RequiresScope;

class ModuleDocumentTest {
    @Path("things")
    public static class Things {
        @GET
        @Path("{id: .+}")
        @RequiresScope("things:read")
        public String get() {
            return "";
        }

        @POST
        @RequiresScope("things:write")
        @Problems({"RUN-4003", "RUN-4004"})
        public String make() {
            return "";
        }
    }

    @Path("hospital")
    public static class Desk {
        @GET
        @RequiresScope(RequiresScope.OPERATORS)
        public String look() {
            return "";
        }
    }

    @Path("things")
    public static class Misnamed {
        @GET
        @RequiresScope("things:read")
        @Problems("ABC-9999")
        public String list() {
            return "";
        }
    }

    @ApplicationPath("/v1")
    public static class Shown extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Things.class);
        }
    }

    @ApplicationPath("/v1")
    public static class WithDesk extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Desk.class);
        }
    }

    @ApplicationPath("/v1")
    public static class Wrong extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Misnamed.class);
        }
    }

    @Test
    void givesEachOperationItsScopeItsProblemsAndThoseOfAll() {
        OpenAPI document = completed(new Properties());
        Operation make = document.getPaths().getPathItem("/v1/things").getPOST();
        assertEquals("things:write", make.getExtensions().get("x-required-scope"));
        assertEquals(List.of("things:write"), make.getSecurity().get(0).getScheme("apiKey"));
        assertEquals(List.of("thing"), make.getTags());
        String conflict = make.getResponses().getAPIResponse("409").getDescription();
        assertEquals("- `RUN-4004` " + RuntimeError.CASE_NOT_OPEN.title(), conflict);
        assertEquals(
                "#/components/responses/Unauthenticated",
                make.getResponses().getAPIResponse("401").getRef());
        List<?> codes = (List<?>) make.getExtensions().get("x-problems");
        assertTrue(codes.containsAll(List.of("RUN-1001", "RUN-1005", "RUN-2001", "RUN-3004", "RUN-4003", "RUN-9999")));
        Operation get = document.getPaths().getPathItem("/v1/things/{id}").getGET();
        assertFalse(((List<?>) get.getExtensions().get("x-problems")).contains("RUN-1001"), "it has no body");
        assertTrue(
                ((List<?>) get.getExtensions().get("x-problems")).contains("RUN-3006"),
                "the gate asks about few unknown keys at a time");
    }

    @Test
    void saysWhatACallCountsAgainstAndWhatIsLeft() {
        Operation make =
                completed(new Properties()).getPaths().getPathItem("/v1/things").getPOST();
        assertEquals("make", make.getExtensions().get("x-quota"));
        assertEquals(
                Set.of("RateLimit-Policy", "RateLimit"),
                make.getResponses().getAPIResponse("200").getHeaders().keySet());
        assertEquals(
                "#/components/responses/TooManyCalls",
                make.getResponses().getAPIResponse("429").getRef());
        assertTrue(((List<?>) make.getExtensions().get("x-problems")).contains("RUN-2005"));
    }

    @Test
    void operatorsAreNotCounted() {
        OpenAPI document = completed(new Properties(), new WithDesk());
        Operation look = document.getPaths().getPathItem("/v1/hospital").getGET();
        assertNull(look.getExtensions().get("x-quota"));
        assertNull(look.getResponses().getAPIResponse("429"));
        assertNull(look.getResponses().getAPIResponse("200").getHeaders());
    }

    @Test
    void dropsWhatTheApplicationDoesNotServe() {
        OpenAPI document = completed(new Properties());
        assertNull(document.getPaths().getPathItem("/v1/hospital"));
        assertNull(document.getPaths().getPathItem("/v1/things").getPUT());
    }

    @Test
    void refusesAProblemThatNoEnumHas() {
        OpenAPI document = OASFactory.createOpenAPI().paths(OASFactory.createPaths());
        document.getPaths()
                .addPathItem("/v1/things", OASFactory.createPathItem().GET(operation("listThings")));
        ModuleDocument module =
                ModuleDocument.of("thing", "Things", new Wrong(), Lifecycle.of(new Properties()), new ErrorCode[0]);
        String message = assertThrows(IllegalStateException.class, () -> module.complete(document))
                .getMessage();
        assertTrue(message.contains("listThings") && message.contains("ABC-9999"), message);
    }

    @Test
    void marksWhatIsOnItsWayOut() {
        Properties policy = new Properties();
        policy.setProperty("versions", "v1");
        policy.setProperty("makeThing", "2027-01-15 2027-09-01 /docs/");
        Operation make = completed(policy).getPaths().getPathItem("/v1/things").getPOST();
        assertEquals(true, make.getDeprecated());
        assertEquals("2027-09-01", make.getExtensions().get("x-sunset"));
    }

    private static OpenAPI completed(Properties policy) {
        return completed(policy, new Shown());
    }

    private static OpenAPI completed(Properties policy, Application application) {
        OpenAPI document = OASFactory.createOpenAPI().paths(OASFactory.createPaths());
        PathItem things = OASFactory.createPathItem();
        things.POST(operation("makeThing").requestBody(OASFactory.createRequestBody()));
        things.PUT(operation("nobodyServesIt"));
        document.getPaths().addPathItem("/v1/things", things);
        document.getPaths()
                .addPathItem("/v1/things/{id}", OASFactory.createPathItem().GET(operation("getThing")));
        document.getPaths()
                .addPathItem("/v1/hospital", OASFactory.createPathItem().GET(operation("phantom")));
        ModuleDocument.of("thing", "Things", application, Lifecycle.of(policy), RuntimeError.values())
                .complete(document);
        return document;
    }

    private static Operation operation(String id) {
        return OASFactory.createOperation()
                .operationId(id)
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse("200", OASFactory.createAPIResponse().description("OK")));
    }
}
