package org.retailhub.platform.runtime.sent;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.Problem;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.rest.WireTime;

/** For operators: messages of one module that a consumer misses are sent again, with their old ids and numbers. */
@Path("sent-messages")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SentMessagesResource {
    private static final int MOST = 1_000;

    /** What to send again: 1 to 1000 messages, as a hospital's {@code missing} names them. */
    @Schema(name = "MissingMessages")
    public record Missing(@Nullable List<SentMessages.Key> messages) {}

    /** Send again all since a time (ISO 8601 with zone). */
    @Schema(name = "ResendSince")
    public record Since(@Nullable String since) {}

    /** What became of one: {@code problem} is absent if it was sent. */
    @Schema(name = "ResentMessage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resent(
            String destination,
            String businessKey,
            long sequence,
            boolean sent,
            @Nullable Problem problem) {}

    /** @param sent number of messages */
    @Schema(name = "ResendResult")
    public record Swept(long sent, List<Resent> failed) {}

    /** Only a module that sends has it. */
    @Inject
    private Instance<SentMessages> messages;

    @Context
    private HttpServletRequest request;

    @POST
    @Path("{destination}/{businessKey}/{sequence}/resend")
    @Consumes(MediaType.WILDCARD)
    @RequiresScope("hub:operate")
    @Operation(operationId = "resendMessage", summary = "Send one message again")
    @Problems({"RUN-4007", "RUN-4009"})
    public Resent resend(
            @PathParam("destination") String destination,
            @PathParam("businessKey") String businessKey,
            @PathParam("sequence") long sequence) {
        SentMessages.Key key = new SentMessages.Key(destination, businessKey, sequence);
        SentMessages.Result result =
                messages.get().resend(List.of(key), actor()).get(0);
        RetailException problem = result.problem();
        if (problem != null) {
            throw problem;
        }
        return view(result);
    }

    /** Each message stands for itself. */
    @POST
    @Path("resend-missing")
    @RequiresScope("hub:operate")
    @Operation(
            operationId = "resendMissingMessages",
            summary = "Send messages again that a consumer misses; each stands for itself")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Missing.class),
                            examples =
                                    @ExampleObject(
                                            name = "example",
                                            value =
                                                    "{\"messages\":[{\"destination\":\"erp.postings.idempiere\",\"businessKey\":\"01M84B402ZVTPV56G6BNHZT8X5\",\"sequence\":2}]}")))
    @Problems("RUN-1006")
    public List<Resent> resendMissing(byte[] body) {
        List<SentMessages.Key> missing = checked(StrictJson.read(body, Missing.class));
        return messages.get().resend(missing, actor()).stream().map(this::view).toList();
    }

    /** @throws RetailException {@link RuntimeError#INVALID_PARAMETER} */
    static List<SentMessages.Key> checked(Missing wanted) {
        List<SentMessages.Key> missing = wanted.messages();
        if (missing == null || missing.isEmpty() || missing.size() > MOST || missing.contains(null)) {
            throw invalid("messages", "1 to " + MOST);
        }
        for (int i = 0; i < missing.size(); i++) {
            SentMessages.Key key = missing.get(i);
            if (key == null || key.destination() == null || key.businessKey() == null) {
                throw invalid("messages[" + i + "]", "destination, businessKey and sequence are required");
            }
        }
        return missing;
    }

    /** After a restore: whatever a store has forgotten comes again, the rest is dropped as duplicate. */
    @POST
    @Path("resend-since")
    @RequiresScope("hub:operate")
    @Operation(operationId = "resendMessagesSince", summary = "After a restore: send all messages again since a time")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Since.class),
                            examples =
                                    @ExampleObject(name = "example", value = "{\"since\":\"2026-11-23T10:00:00Z\"}")))
    @Problems("RUN-1006")
    public Swept resendSince(byte[] body) {
        Instant since =
                WireTime.instant("since", StrictJson.read(body, Since.class).since());
        SentMessages.Sweep sweep = messages.get().resendSince(since, actor());
        return new Swept(sweep.sent(), sweep.failed().stream().map(this::view).toList());
    }

    private Resent view(SentMessages.Result result) {
        SentMessages.Key key = result.key();
        RetailException failed = result.problem();
        Problem problem = failed == null ? null : Problem.of(failed, ApiKeyGate.traceparent(request));
        return new Resent(key.destination(), key.businessKey(), key.sequence(), result.sent(), problem);
    }

    private String actor() {
        return ApiKeyGate.caller(request).partner();
    }

    private static RetailException invalid(String field, String message) {
        return new RetailException(
                RuntimeError.INVALID_PARAMETER,
                field + ": " + message,
                List.of(new RetailException.Violation(field, message)),
                null);
    }
}
