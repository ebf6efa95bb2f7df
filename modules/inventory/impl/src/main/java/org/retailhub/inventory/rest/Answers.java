package org.retailhub.inventory.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.Problem;
import org.retailhub.platform.runtime.rest.StrictJson;

/** What is common to answers that are given by other threads than those that asked. */
final class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);

    private Answers() {}

    static String json(Object value) {
        try {
            return StrictJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Response problem(Throwable failure, String traceparent) {
        return Problem.response(asRetail(failure), traceparent);
    }

    /** One line of an answer to many. */
    static String line(int number, Throwable failure, String traceparent) {
        return line(number, Problem.of(asRetail(failure), traceparent));
    }

    static String line(int number, Problem problem) {
        return "{\"line\":" + number + ",\"status\":" + problem.status() + ",\"problem\":" + json(problem) + "}";
    }

    static Response response(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    /** What differs, each field by its name. */
    static Problem differs(ErrorCode code, String detail, List<String> fields, String traceparent) {
        return Problem.of(
                code,
                detail + "; what differs: " + String.join(", ", fields),
                fields.isEmpty() ? null : fields.get(0),
                fields.stream()
                        .map(field -> new RetailException.Violation(field, "differs"))
                        .toList(),
                traceparent);
    }

    /** What we did not foresee is logged here; what only our operators may know is not told. */
    private static RetailException asRetail(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        String code = cause instanceof RetailException retail ? retail.code().code() : "";
        if (code.equals(RuntimeError.DATABASE_DOWN.code())) {
            return new RetailException(RuntimeError.DATABASE_DOWN, "send the same again", cause);
        }
        if (cause instanceof RetailException retail && !code.equals(RuntimeError.BUG.code())) {
            return retail;
        }
        LOG.errorf(cause, "RUN-9999 a call could not be done");
        return new RetailException(RuntimeError.BUG, "see the trace id", cause);
    }
}
