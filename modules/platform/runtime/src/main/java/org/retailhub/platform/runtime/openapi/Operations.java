package org.retailhub.platform.runtime.openapi;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The methods that an application really serves, by HTTP method and path as the API document writes them. */
final class Operations {
    private final Map<String, Method> methods = new TreeMap<>();

    Operations(Application application) {
        ApplicationPath root = application.getClass().getAnnotation(ApplicationPath.class);
        for (Class<?> resource : application.getClasses()) {
            Path path = resource.getAnnotation(Path.class);
            if (path != null) {
                for (Method method : resource.getMethods()) {
                    httpMethod(method)
                            .ifPresent(http ->
                                    methods.put(http + " " + join(root.value(), path.value(), pathOf(method)), method));
                }
            }
        }
    }

    Optional<Method> find(String httpMethod, String path) {
        return Optional.ofNullable(methods.get(httpMethod + " " + join(path)));
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(http -> http != null)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String pathOf(Method method) {
        Path path = method.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    /** One slash between the parts, and a template without its pattern: <code>{sku: .+}</code> is <code>{sku}</code>. */
    private static String join(String... parts) {
        return ("/" + String.join("/", parts))
                .replaceAll("\\{\\s*(\\w+)\\s*(:[^{}]*(\\{[^{}]*}[^{}]*)*)?}", "{$1}")
                .replaceAll("/+", "/")
                .replaceAll("(?<=.)/$", "");
    }
}
