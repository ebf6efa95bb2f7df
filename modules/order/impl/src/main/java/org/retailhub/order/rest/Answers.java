package org.retailhub.order.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.domain.Placed;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.Problem;
import org.retailhub.platform.runtime.rest.StrictJson;

/** What a placement is answered with, alone or as a line among many. */
final class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);

    private Answers() {}

    static String path(String orderId) {
        return "/api/order/v1/orders/" + orderId;
    }

    /** One of the two is null. */
    static Response response(@Nullable Placed placed, @Nullable Throwable failure, String traceparent) {
        if (failure != null) {
            return Problem.response(asRetail(failure), traceparent);
        }
        return Objects.requireNonNull(placed, "one of the two is there")
                .fold(
                        accepted -> Response.accepted(
                                        PlacedView.of(accepted).json().getBytes(StandardCharsets.UTF_8))
                                .type(MediaType.APPLICATION_JSON_TYPE)
                                .header("Location", path(accepted.orderId()))
                                .build(),
                        differs -> refused(
                                problem(OrderError.CONTENT_DIFFERS, differs.orderId(), differs.fields(), traceparent),
                                differs.orderId()),
                        reused -> refused(
                                problem(OrderError.IDEMPOTENCY_KEY_REUSED, reused.orderId(), List.of(), traceparent),
                                reused.orderId()));
    }

    private static Response refused(Problem problem, String orderId) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .header("Link", "<" + path(orderId) + ">; rel=\"related\"")
                .build();
    }

    /** One line of an answer to many: its number, its status, and the order or the problem. */
    static String line(int number, @Nullable Placed placed, @Nullable Throwable failure, String traceparent) {
        if (failure != null) {
            return problemLine(number, Problem.of(asRetail(failure), traceparent));
        }
        return Objects.requireNonNull(placed, "one of the two is there")
                .fold(
                        accepted -> PlacedView.of(accepted).json(number),
                        differs -> problemLine(
                                number,
                                problem(OrderError.CONTENT_DIFFERS, differs.orderId(), differs.fields(), traceparent)),
                        reused -> problemLine(
                                number,
                                problem(OrderError.IDEMPOTENCY_KEY_REUSED, reused.orderId(), List.of(), traceparent)));
    }

    private static String problemLine(int number, Problem problem) {
        try {
            return "{\"line\":" + number + ",\"status\":" + problem.status() + ",\"problem\":"
                    + StrictJson.mapper().writeValueAsString(problem) + "}";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem problem(ErrorCode code, String orderId, List<String> fields, String traceparent) {
        List<RetailException.Violation> violations = fields.stream()
                .map(field -> new RetailException.Violation(field, "differs"))
                .toList();
        return Problem.of(
                code,
                "see " + path(orderId) + (fields.isEmpty() ? "" : "; what differs: " + String.join(", ", fields)),
                fields.isEmpty() ? null : fields.get(0),
                violations,
                traceparent);
    }

    /** What we did not foresee is logged here; what only our operators may know is not told. */
    private static RetailException asRetail(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        // By its text: an exception from another WAR carries that WAR's own copy of the code.
        String code = cause instanceof RetailException retail ? retail.code().code() : "";
        if (code.equals(RuntimeError.DATABASE_DOWN.code())) {
            return new RetailException(RuntimeError.DATABASE_DOWN, "send the same again", cause);
        }
        if (cause instanceof RetailException retail && !code.equals(RuntimeError.BUG.code())) {
            return retail;
        }
        LOG.errorf(cause, "RUN-9999 an order could not be placed");
        return new RetailException(RuntimeError.BUG, "see the trace id", cause);
    }
}
