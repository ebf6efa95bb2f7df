package org.retailhub.platform.runtime.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Behind the gate of keys: what no database can hold does not come in by an address, and what nobody takes is not read. Bodies are
 * looked at by {@link StrictJson}.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 1)
public class AddressGate implements ContainerRequestFilter {
    /** The largest body that any operation takes, but for files. The listener lets more through, so that it is refused here, with a problem. */
    private static final int MOST_BYTES = 16 << 20;

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        refuseNul(request.getUriInfo().getPathParameters());
        refuseNul(request.getUriInfo().getQueryParameters());
        long most = mostBytes();
        String length = request.getHeaderString("Content-Length");
        if (length != null && (length.length() > 18 || length.matches("\\d+") && Long.parseLong(length) > most)) {
            throw new RetailException(RuntimeError.BODY_TOO_LARGE, "more than " + most + " bytes");
        }
        if (request.hasEntity()) {
            request.setEntityStream(new LimitedBody(request.getEntityStream(), most, System::nanoTime));
        }
    }

    private long mostBytes() {
        Method method = resource.getResourceMethod();
        TakesFile file = method == null ? null : method.getAnnotation(TakesFile.class);
        return file == null ? MOST_BYTES : file.mostBytes();
    }

    private static void refuseNul(MultivaluedMap<String, String> parameters) {
        parameters.forEach((name, values) -> {
            if (name.indexOf('\0') >= 0 || values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                String field = name.replace('\0', '?');
                throw new RetailException(
                        RuntimeError.INVALID_PARAMETER,
                        field + " contains U+0000",
                        List.of(new RetailException.Violation(field, "contains U+0000")),
                        null);
            }
        });
    }
}
