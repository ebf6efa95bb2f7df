package org.retailhub.operations.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.retailhub.operations.Alarms;
import org.retailhub.operations.Balance;
import org.retailhub.operations.Ledgers;
import org.retailhub.operations.api.Alarm;
import org.retailhub.operations.api.OperationsError;
import org.retailhub.operations.domain.Entry;
import org.retailhub.operations.domain.Term;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;

/** Everything received is accounted for: the figures per channel and hour, and the list behind each. */
@Path("balance")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BalanceResource {
    private static final Duration MOST = Duration.ofDays(7);
    private static final int MOST_LISTED = 1_000;

    @Inject
    private Balance balance;

    @Inject
    private Alarms alarms;

    @Inject
    private Clock clock;

    @Context
    private HttpServletRequest request;

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "getBalance",
            summary = "What came in per channel and hour, and what became of it",
            description =
                    "received = all terms together, each counted by id from its own rows. What is not there or contradicts itself is"
                            + " named: rows and messages that somebody took away within a minute.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = BalanceView.class)))
    @Problems("OPS-1002")
    public BalanceView balance(
            @Parameter(description = "Received at or after, ISO 8601 with offset; two hours ago if absent")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "Received before; now if absent; 7 days after from at most")
                    @QueryParam("to")
                    @Nullable
                    String to) {
        operatorOnly();
        Instant begin = time("from", from, clock.instant().minus(Duration.ofHours(2)));
        Instant end = time("to", to, clock.instant().plusSeconds(60));
        requireSpan(begin, end);
        List<Alarms.Kept> named = alarms.open().stream()
                .filter(each -> each.code().equals(Alarm.ROW_MISSING.code())
                        || each.code().equals(Alarm.MESSAGE_MISSING.code()))
                .toList();
        return BalanceView.of(begin, end, balance.sheets(begin, end), named);
    }

    @GET
    @Path("entries")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "listBalanceEntries",
            summary = "The list behind a figure of the balance",
            description = "Newest first. Each key leads on in the trace.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = BalanceView.List.class)))
    @Problems("OPS-1002")
    public BalanceView.List entries(
            @Parameter(description = "order or payload", example = "order") @QueryParam("kind") @DefaultValue("order")
                    String kind,
            @Parameter(description = "A term of the balance; all if absent", example = "in-flight")
                    @QueryParam("term")
                    @Nullable
                    String term,
            @Parameter(description = "true: only those whose rows are not whole") @QueryParam("faulty") boolean faulty,
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("channel") @Nullable String channel,
            @Parameter(description = "Received at or after; two hours ago if absent") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "Received before; now if absent") @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        operatorOnly();
        Instant begin = time("from", from, clock.instant().minus(Duration.ofHours(2)));
        Instant end = time("to", to, clock.instant().plusSeconds(60));
        requireSpan(begin, end);
        if (!kind.equals("order") && !kind.equals("payload")) {
            throw invalid("kind", "order or payload");
        }
        Term wanted = term == null
                ? null
                : Arrays.stream(Term.values())
                        .filter(each -> each.wire().equals(term))
                        .findFirst()
                        .orElseThrow(() -> invalid(
                                "term",
                                "one of "
                                        + Arrays.stream(Term.values())
                                                .map(Term::wire)
                                                .toList()));
        Predicate<Entry> filter =
                entry -> (wanted == null || entry.term() == wanted || wanted == Term.DUPLICATE && entry.times() > 1)
                        && (!faulty || !entry.faults().isEmpty())
                        && (tenant == null || entry.tenant().equals(tenant))
                        && (channel == null || entry.channel().equals(channel));
        return BalanceView.List.of(balance.entries(
                kind.equals("order") ? Ledgers.ORDERS : Ledgers.PAYLOADS,
                begin,
                end,
                filter,
                Math.max(1, Math.min(limit, MOST_LISTED))));
    }

    private void operatorOnly() {
        if (!ApiKeyGate.caller(request).isOperator()) {
            throw new RetailException(OperationsError.OPERATORS_ONLY, "this credential belongs to a tenant");
        }
    }

    private static void requireSpan(Instant from, Instant to) {
        if (!from.isBefore(to) || from.plus(MOST).isBefore(to)) {
            throw invalid("to", "after from, by 7 days at most");
        }
    }

    private static Instant time(String name, @Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw invalid(name, "a time with offset, such as 2026-11-23T10:00:00Z");
        }
    }

    private static RetailException invalid(String field, String message) {
        return new RetailException(
                RuntimeError.INVALID_PARAMETER,
                field + ": " + message,
                List.of(new RetailException.Violation(field, message)),
                null);
    }
}
