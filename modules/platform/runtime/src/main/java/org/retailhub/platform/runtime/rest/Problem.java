package org.retailhub.platform.runtime.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.TryLater;

/**
 * A problem as RFC 9457 has it ({@code application/problem+json}).
 *
 * @param type where the code is documented
 * @param code stable, such as {@code ORD-1007}
 * @param field the first faulty field, if one is to blame
 * @param errors all faulty fields
 * @param traceId what to give the hub's operators
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String code,
        @Nullable String field,
        List<RetailException.Violation> errors,
        @Nullable String traceId) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(RetailException e, @Nullable String traceparent) {
        return of(e.code(), e.detail(), e.field().orElse(null), e.violations(), traceparent);
    }

    public static Problem of(
            ErrorCode code,
            String detail,
            @Nullable String field,
            List<RetailException.Violation> errors,
            @Nullable String traceparent) {
        return new Problem(
                "/docs/problems#" + code.code(),
                code.title(),
                code.kind().httpStatus(),
                detail,
                code.code(),
                field,
                errors,
                traceId(traceparent));
    }

    /** The answer: with {@code Retry-After} where the same request may be sent again. */
    public static Response response(RetailException e, @Nullable String traceparent) {
        Response.ResponseBuilder response =
                Response.status(e.kind().httpStatus()).type(MEDIA_TYPE).entity(of(e, traceparent));
        if (e.kind().retryable()) {
            response.header("Retry-After", e instanceof TryLater later ? Long.toString(later.seconds()) : "2");
        }
        return response.build();
    }

    private static @Nullable String traceId(@Nullable String traceparent) {
        return traceparent != null && traceparent.length() >= 35 ? traceparent.substring(3, 35) : null;
    }
}
