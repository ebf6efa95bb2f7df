package org.retailhub.platform.runtime.rest;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.KeyDirectory;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.trace.Trace;

/**
 * The first thing behind a route: who calls, may they, and not too often. The key comes as {@code X-API-Key} or as a bearer
 * token, a token of the OIDC server as the latter. Operators
 * are not counted; each other call counts against its partner's quota, and its answer says how much is left (RateLimit header fields for
 * HTTP, draft-ietf-httpapi-ratelimit-headers-10).
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class ApiKeyGate implements ContainerRequestFilter, ContainerResponseFilter {
    static final String CALLER = "org.retailhub.caller";
    private static final String VERDICT = "org.retailhub.quota";
    private static final String TRACEPARENT = "org.retailhub.traceparent";
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_TOKEN = 8_192;

    private KnownKeys keys;
    private Quotas quotas;

    @Inject
    private KeyDirectory directory;

    @Context
    private ResourceInfo resource;

    @PostConstruct
    void open() {
        keys = new KnownKeys(System::nanoTime);
        quotas = new Quotas(directory, System::nanoTime);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String traceparent = traceparentOf(request.getHeaderString("traceparent"));
        request.setProperty(TRACEPARENT, traceparent);
        if (resource.getResourceMethod() != null
                && resource.getResourceMethod().isAnnotationPresent(ChecksSignature.class)) {
            return;
        }
        CallContext known = known(request)
                .orElseThrow(() -> new RetailException(
                        RuntimeError.UNKNOWN_CREDENTIAL, "the key or token is unknown, expired or revoked"));
        RequiresScope scope = resource.getResourceMethod() == null
                ? null
                : resource.getResourceMethod().getAnnotation(RequiresScope.class);
        if (scope == null || !known.scopes().contains(scope.value())) {
            throw new RetailException(
                    RuntimeError.MISSING_SCOPE, scope == null ? "open to nobody" : "needs " + scope.value());
        }
        if (!known.isOperator()) {
            count(request, known.partner(), Route.nameOf(resource.getResourceMethod()));
        }
        request.setProperty(
                CALLER,
                new CallContext(known.partner(), known.tenant(), known.scopes(), known.channels(), traceparent));
    }

    private void count(ContainerRequestContext request, String partner, String routeClass) {
        QuotaHand.Verdict verdict = quotas.take(partner, routeClass);
        request.setProperty(VERDICT, verdict);
        if (!verdict.passes()) {
            throw new RetailException(
                    RuntimeError.QUOTA_EXCEEDED,
                    verdict.terms().quota() + " calls of " + routeClass + " in "
                            + verdict.terms().window().toSeconds() + " s");
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(TRACEPARENT) instanceof String traceparent) {
            response.getHeaders().putSingle("traceparent", traceparent);
        }
        if (request.getProperty(VERDICT) instanceof QuotaHand.Verdict verdict) {
            response.getHeaders().putSingle("RateLimit-Policy", verdict.policy());
            response.getHeaders().putSingle("RateLimit", verdict.state());
            if (!verdict.passes()) {
                response.getHeaders().putSingle("Retry-After", Long.toString(verdict.retryAfter()));
            }
        }
        if (response.getStatus() == 401) {
            response.getHeaders().putSingle("WWW-Authenticate", "Bearer realm=\"retail-hub\"");
        }
    }

    /** A key has no point in it, a token two. */
    private Optional<CallContext> known(ContainerRequestContext request) {
        String key = request.getHeaderString("X-API-Key");
        String authorization = request.getHeaderString("Authorization");
        if (key == null && authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            key = authorization.substring(7).strip();
        }
        boolean isToken = key != null && key.indexOf('.') >= 0;
        if (key == null || key.isEmpty() || key.length() > (isToken ? LONGEST_TOKEN : LONGEST_KEY)) {
            throw new RetailException(RuntimeError.NO_CREDENTIAL, "send the key in the header X-API-Key");
        }
        String credential = key;
        byte[] hash = sha256(credential);
        return keys.callerOf(
                hash, () -> isToken ? directory.callerByToken(credential) : directory.callerByKeyHash(hash));
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A valid one of the caller's is kept, else a new trace begins here. */
    private static String traceparentOf(@Nullable String header) {
        if (header != null && header.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")) {
            return header;
        }
        return Trace.begin();
    }

    /** The caller of this request; on the request's thread. */
    public static CallContext caller(HttpServletRequest request) {
        return (CallContext) request.getAttribute(CALLER);
    }

    /** The trace of this request, or a new one if it did not come to the gate. */
    public static String traceparent(HttpServletRequest request) {
        return request.getAttribute(TRACEPARENT) instanceof String traceparent ? traceparent : traceparentOf(null);
    }
}
