package org.retailhub.platform.runtime.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.SqlFailures;

/** Every exception that leaves a resource becomes a problem; what we did not foresee is logged with its trace id. */
@Provider
public final class ProblemMappers implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** As the server words that a parameter's text is not of its type. */
    private static final Pattern PARAMETER = Pattern.compile("(?:Query|Path|Header|Matrix)Param\\(\"([^\"]+)\"\\)");

    private static final Map<Integer, RuntimeError> BY_STATUS = Map.of(
            405, RuntimeError.METHOD_NOT_ALLOWED, 406, RuntimeError.NOT_ACCEPTABLE, 415, RuntimeError.UNSUPPORTED_TYPE);
    private static final Map<RuntimeError, String> HEADER =
            Map.of(RuntimeError.NOT_ACCEPTABLE, "Accept", RuntimeError.UNSUPPORTED_TYPE, "Content-Type");

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable failure) {
        String traceparent = ApiKeyGate.traceparent(request);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetailException retail) {
                if (retail.kind() == ErrorKind.BUG) {
                    LOG.errorf(retail, "RUN-9999 %s %s", request.getMethod(), request.getRequestURI());
                }
                return Problem.response(withoutInternals(retail), traceparent);
            }
            if (cause instanceof JsonProcessingException json) {
                return Problem.response(
                        new RetailException(RuntimeError.MALFORMED_JSON, json.getOriginalMessage(), json), traceparent);
            }
        }
        if (SqlFailures.isDependencyDown(failure)) {
            RuntimeError down = whatIsDown(failure);
            LOG.warnf("%s %s %s: %s", down.code(), request.getMethod(), request.getRequestURI(), failure.getMessage());
            return Problem.response(new RetailException(down, down.title(), failure), traceparent);
        }
        if (failure instanceof NotFoundException || failure instanceof BadRequestException) {
            Matcher parameter = PARAMETER.matcher(String.valueOf(failure.getMessage()));
            if (parameter.find()) {
                return Problem.response(wrongParameter(parameter.group(1), failure), traceparent);
            }
        }
        if (failure instanceof NotFoundException) {
            return Problem.response(
                    new RetailException(RuntimeError.NO_SUCH_RESOURCE, request.getRequestURI()), traceparent);
        }
        if (failure instanceof WebApplicationException web) {
            return web(web, traceparent);
        }
        LOG.errorf(failure, "RUN-9999 %s %s failed", request.getMethod(), request.getRequestURI());
        return Problem.response(new RetailException(RuntimeError.BUG, "see the trace id"), traceparent);
    }

    /**
     * What a statement said is for the log, not for a partner. By the code's text: an exception of another module carries the enum of
     * its own class loader.
     */
    static RetailException withoutInternals(RetailException e) {
        return e.kind() == ErrorKind.BUG || e.code().code().equals(RuntimeError.DATABASE_DOWN.code())
                ? new RetailException(e.code(), e.code().title(), e)
                : e;
    }

    static RuntimeError whatIsDown(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JMSException || cause instanceof JMSRuntimeException) {
                return RuntimeError.BROKER_DOWN;
            }
        }
        return RuntimeError.DATABASE_DOWN;
    }

    /** JAX-RS says 404; to the caller it is a request that has to be mended. */
    static RetailException wrongParameter(String name, Throwable cause) {
        return new RetailException(
                RuntimeError.INVALID_PARAMETER,
                name + " has a wrong value",
                List.of(new RetailException.Violation(name, "has a wrong value")),
                cause);
    }

    private static Response web(WebApplicationException web, String traceparent) {
        int status = web.getResponse().getStatus();
        RuntimeError known = BY_STATUS.get(status);
        if (known != null) {
            return known(known, web, traceparent);
        }
        Response.StatusType info = web.getResponse().getStatusInfo();
        Problem problem = new Problem(
                "about:blank",
                info.getReasonPhrase(),
                status,
                null,
                "HTTP-" + status,
                null,
                List.of(),
                Problem.of(RuntimeError.BUG, "", null, List.of(), traceparent).traceId());
        return Response.status(status).type(Problem.MEDIA_TYPE).entity(problem).build();
    }

    private static Response known(RuntimeError code, WebApplicationException web, String traceparent) {
        String header = HEADER.get(code);
        List<RetailException.Violation> violations = header == null
                ? List.of()
                : List.of(new RetailException.Violation(header, "names nothing that is served here"));
        Response answer = Problem.response(new RetailException(code, code.title(), violations, web), traceparent);
        String allow = web.getResponse().getHeaderString("Allow");
        return allow == null
                ? answer
                : Response.fromResponse(answer).header("Allow", allow).build();
    }
}
