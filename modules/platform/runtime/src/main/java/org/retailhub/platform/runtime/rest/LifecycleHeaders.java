package org.retailhub.platform.runtime.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.retailhub.platform.runtime.openapi.Lifecycle;

/** Tells the callers of an operation that is on its way out: {@code Deprecation} (RFC 9745), {@code Sunset} (RFC 8594), {@code Link}. */
@Provider
public class LifecycleHeaders implements ContainerResponseFilter {
    /** RFC 9110 wants two digits for the day; {@link DateTimeFormatter#RFC_1123_DATE_TIME} writes one where one will do. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final Lifecycle lifecycle = Lifecycle.shipped();

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Method method = resource.getResourceMethod();
        Operation operation = method == null ? null : method.getAnnotation(Operation.class);
        if (operation != null) {
            lifecycle.of(operation.operationId()).ifPresent(end -> announce(end, response.getHeaders()));
        }
    }

    static void announce(Lifecycle.End end, MultivaluedMap<String, Object> headers) {
        headers.putSingle("Deprecation", "@" + midnight(end.since()).toEpochSecond());
        headers.putSingle("Sunset", HTTP_DATE.format(midnight(end.sunset())));
        headers.add("Link", "<" + end.successor() + ">; rel=\"successor-version\"");
    }

    private static OffsetDateTime midnight(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
