package org.retailhub.channel.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.ConnectionDesk;
import org.retailhub.channel.ConnectionDesk.Keeping;
import org.retailhub.channel.ConnectionDesk.Opening;
import org.retailhub.channel.Connections;
import org.retailhub.channel.Connections.Purpose;
import org.retailhub.channel.Connectors;
import org.retailhub.channel.Payloads;
import org.retailhub.channel.Sweeps;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Connection;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.openapi.Problems;
import org.retailhub.platform.runtime.rest.ApiKeyGate;
import org.retailhub.platform.runtime.rest.RequiresScope;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.tx.Transactions;

/** Connections to channels and their secrets, for operators. Secrets go in and never come out. Each method is one transaction. */
@Path("connections")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "channel")
public class ConnectionsResource {
    private static final int MOST_BYTES = 16 << 10;
    private static final int MOST_LISTED = 500;
    private static final Duration COUNTED = Duration.ofDays(1);
    private static final int MOST_COUNTED = 10_000;
    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 500;

    /** A secret to keep. @param purpose {@code signature} or {@code api} */
    @Schema(name = "NewConnectionSecret")
    record NewSecret(
            @Schema(
                    required = true,
                    enumeration = {"signature", "api"})
            @Nullable
            String purpose,

            @Schema(required = true, minLength = SHORTEST_SECRET, maxLength = LONGEST_SECRET) @Nullable
            String secret) {
        /** Never the secret, wherever it is printed. */
        @Override
        public String toString() {
            return "NewSecret[" + purpose + "]";
        }
    }

    /** Whether a connection takes payloads. */
    @Schema(name = "ConnectionActivity")
    record Activity(@Schema(required = true) @Nullable Boolean active) {}

    /** From when on the channel is asked what changed, ISO 8601 with zone. */
    @Schema(name = "NewSweep")
    record NewSweep(@Schema(required = true) @Nullable OffsetDateTime since) {}

    /** The id of a secret that is kept now. */
    @Schema(name = "KeptSecret")
    record KeptSecret(String secretId) {}

    @Inject
    private ConnectionDesk desk;

    @Inject
    private Connections connections;

    @Inject
    private Connectors connectors;

    @Inject
    private Payloads payloads;

    @Inject
    private Sweeps sweeps;

    @Inject
    private Transactions transactions;

    @Inject
    private Clock clock;

    @Context
    private HttpServletRequest request;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "openConnection",
            summary = "Connect an account of a channel",
            description =
                    "Idempotent by code: the same content again answers 200, other content 409. Then give it a secret.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewConnection.class),
                            examples =
                                    @ExampleObject(
                                            name = "a Shopify shop",
                                            value =
                                                    "{\"code\":\"acme-shopify\",\"tenant\":\"acme\",\"kind\":\"shopify\",\"channel\":\"shop-eu\","
                                                            + "\"account\":\"acme.myshopify.com\"}")))
    @APIResponse(
            responseCode = "201",
            description = "Connected",
            content = @Content(schema = @Schema(implementation = ConnectionView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Was connected before, with the same content",
            content = @Content(schema = @Schema(implementation = ConnectionView.class)))
    @Problems({"CHN-1001", "CHN-2009", "CHN-2005", "CHN-2006"})
    public Response open(byte[] body) {
        operatorOnly();
        Connection wanted = read(body, NewConnection.class).checked(connectors.kinds());
        Opening opening = transactions.call(() -> desk.open(wanted));
        if (opening instanceof Opening.Open open) {
            return Response.status(open.isNew() ? Response.Status.CREATED : Response.Status.OK)
                    .header("Location", "/api/channel/v1/connections/" + wanted.code())
                    .entity(ConnectionView.of(open.connection(), List.of(), null, null))
                    .build();
        }
        if (opening instanceof Opening.Differs differs) {
            throw new RetailException(
                    ChannelError.CONNECTION_DIFFERS,
                    "the code " + wanted.code() + " is taken",
                    differs.fields().stream()
                            .map(field -> new Violation(field, "differs"))
                            .toList(),
                    null);
        }
        throw new RetailException(
                ChannelError.CHANNEL_TAKEN,
                wanted.channel() + " of " + wanted.tenant(),
                List.of(new Violation("channel", "is brought by another connection")),
                null);
    }

    @GET
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(operationId = "listConnections", summary = "Connections in the order of their codes")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ConnectionView.Page.class)))
    @Problems("CHN-2009")
    public ConnectionView.Page list(
            @QueryParam("after") @DefaultValue("") String after, @QueryParam("limit") @DefaultValue("100") int limit) {
        operatorOnly();
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        List<Connection> found = connections.page(after, most + 1);
        List<ConnectionView> page = found.stream()
                .limit(most)
                .map(each -> ConnectionView.of(each, null, null, null))
                .toList();
        return new ConnectionView.Page(
                page, found.size() > most ? page.get(most - 1).code() : null);
    }

    @GET
    @Path("{code}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "getConnection",
            summary = "One connection: its secrets' ids, and the balance of what came in lately")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ConnectionView.class)))
    @Problems({"CHN-2004", "CHN-2009"})
    public ConnectionView get(@PathParam("code") String code) {
        operatorOnly();
        Connection connection = connections.byCode(code).orElseThrow(() -> notFound(code));
        return ConnectionView.of(
                connection,
                connections.secrets(code),
                payloads.balance(code, clock.instant().minus(COUNTED), MOST_COUNTED),
                sweeps.state(code));
    }

    @POST
    @Path("{code}/secrets")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "keepConnectionSecret",
            summary = "Give a connection a secret",
            description =
                    "Two of one purpose are live at most: old and new while one replaces the other. Counts within 5 s.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewSecret.class),
                            examples =
                                    @ExampleObject(
                                            name = "signature",
                                            value =
                                                    "{\"purpose\":\"signature\",\"secret\":\"hush-0123456789abcdef\"}")))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = KeptSecret.class)))
    @Problems({"CHN-1002", "CHN-2004", "CHN-2007", "CHN-2009", "CHN-3001"})
    public Response keep(@PathParam("code") String code, byte[] body) {
        operatorOnly();
        NewSecret wanted = read(body, NewSecret.class);
        String secret = secret(wanted);
        Purpose purpose = purpose(wanted);
        Keeping keeping =
                transactions.call(() -> desk.keep(code, purpose, secret)).orElseThrow(() -> notFound(code));
        if (keeping instanceof Keeping.Kept kept) {
            return Response.status(Response.Status.CREATED)
                    .entity(new KeptSecret(kept.secretId()))
                    .build();
        }
        List<String> live = ((Keeping.TooMany) keeping).liveIds();
        throw new RetailException(
                ChannelError.TOO_MANY_SECRETS,
                "live: " + String.join(", ", live),
                live.stream()
                        .map(id -> new Violation("secret", id + " is live"))
                        .toList(),
                null);
    }

    private static String secret(NewSecret wanted) {
        String secret = wanted.secret();
        if (secret == null
                || secret.length() < SHORTEST_SECRET
                || secret.length() > LONGEST_SECRET
                || secret.chars().anyMatch(c -> c <= 0x20 || c > 0x7e)) {
            String message = SHORTEST_SECRET + " to " + LONGEST_SECRET + " printable ASCII characters";
            throw new RetailException(
                    ChannelError.INVALID_SECRET, "secret: " + message, List.of(new Violation("secret", message)), null);
        }
        return secret;
    }

    private static Purpose purpose(NewSecret wanted) {
        for (Purpose purpose : Purpose.values()) {
            if (purpose.stored().equals(wanted.purpose())) {
                return purpose;
            }
        }
        throw new RetailException(
                ChannelError.INVALID_SECRET,
                "purpose: signature or api",
                List.of(new Violation("purpose", "signature or api")),
                null);
    }

    @DELETE
    @Path("{code}/secrets/{secretId}")
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "retireConnectionSecret",
            summary = "Retire a secret",
            description = "Its value is wiped; dead on every node within 5 s. Repeating it answers the same.")
    @APIResponse(responseCode = "204", description = "Retired")
    @Problems({"CHN-2008", "CHN-2009"})
    public void retire(@PathParam("code") String code, @PathParam("secretId") String secretId) {
        operatorOnly();
        boolean found = transactions.call(() -> desk.retire(code, secretId));
        if (!found) {
            throw new RetailException(
                    ChannelError.SECRET_NOT_FOUND, "connection " + code + " has no secret " + secretId);
        }
    }

    @PUT
    @Path("{code}/active")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "setConnectionActive",
            summary = "Stop a connection, or let it take payloads again",
            description = "A stopped one answers 401 to its channel within 5 s; what is stored is still worked off.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Activity.class),
                            examples = @ExampleObject(name = "stop", value = "{\"active\":false}")))
    @APIResponse(responseCode = "204", description = "It is so now")
    @Problems({"CHN-2004", "CHN-2009"})
    public void setActive(@PathParam("code") String code, byte[] body) {
        operatorOnly();
        Boolean active = read(body, Activity.class).active();
        if (active == null) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "active: true or false",
                    List.of(new Violation("active", "is required")),
                    null);
        }
        if (!transactions.call(() -> desk.setActive(code, active))) {
            throw notFound(code);
        }
    }

    @POST
    @Path("{code}/sweeps")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scopes.HUB_OPERATE)
    @Operation(
            operationId = "sweepConnection",
            summary = "Ask the channel for all that changed since a time",
            description =
                    "By itself the hub asks every five minutes for what changed since it asked last. What is known already changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewSweep.class),
                            examples =
                                    @ExampleObject(
                                            name = "since that morning",
                                            value = "{\"since\":\"2026-11-23T08:00:00Z\"}")))
    @APIResponse(responseCode = "202", description = "It will be asked within seconds")
    @Problems({"CHN-2004", "CHN-2009"})
    public Response sweep(@PathParam("code") String code, byte[] body) {
        operatorOnly();
        OffsetDateTime since = read(body, NewSweep.class).since();
        if (since == null || since.getYear() < 2000 || since.getYear() > 9000) {
            throw new RetailException(
                    RuntimeError.INVALID_PARAMETER,
                    "since: a time",
                    List.of(new Violation("since", "is required")),
                    null);
        }
        if (!transactions.call(() -> desk.sweepSince(code, since.toInstant()))) {
            throw notFound(code);
        }
        return Response.accepted().build();
    }

    private void operatorOnly() {
        if (!ApiKeyGate.caller(request).isOperator()) {
            throw new RetailException(ChannelError.OPERATORS_ONLY, "this credential belongs to a tenant");
        }
    }

    private static <T> T read(byte[] body, Class<T> type) {
        if (body.length > MOST_BYTES) {
            throw new RetailException(RuntimeError.BODY_TOO_LARGE, "at most " + MOST_BYTES + " bytes");
        }
        return StrictJson.read(body, type);
    }

    private static RetailException notFound(String code) {
        return new RetailException(ChannelError.CONNECTION_NOT_FOUND, "no connection " + code);
    }
}
