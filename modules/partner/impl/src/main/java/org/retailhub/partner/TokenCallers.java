package org.retailhub.partner;

import static org.jose4j.jwa.AlgorithmConstraints.ConstraintType.PERMIT;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_PSS_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_PSS_USING_SHA512;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA384;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA512;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jose4j.http.Get;
import org.jose4j.http.SimpleGet;
import org.jose4j.http.SimpleResponse;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.outside.RetryBudget;

/**
 * Who calls with a token of the OIDC server. A token opens nothing by itself: it names a partner that operators have registered, and never an
 * operator. Checked: signature by one of the issuer's keys with an asymmetric algorithm, {@code iss}, {@code aud}, {@code exp},
 * {@code nbf}.
 *
 * <p>Keys are fetched when first needed and again for an unknown {@code kid}, at most once in 10 s; while the issuer does not answer, known ones
 * are used for an hour.
 */
public final class TokenCallers implements Tokens {
    private static final Logger LOG = Logger.getLogger(TokenCallers.class);
    private static final int SKEW_SECONDS = 30;
    private static final int FETCH_MILLIS = 2_000;
    private static final long REFETCH_MILLIS = 10_000;
    private static final long KEPT_SECONDS = 3_600;

    private static final RetryBudget.Terms RETRIES = new RetryBudget.Terms(0.1, Duration.ofSeconds(5), 3);

    private final OidcSettings settings;
    private final Function<String, Optional<String>> tenantOf;
    private final Clock clock;
    private final HttpsJwksVerificationKeyResolver keys;

    /** @param tenantOf the tenant of a registered partner, by its code */
    public TokenCallers(OidcSettings settings, Function<String, Optional<String>> tenantOf, Clock clock) {
        this.settings = settings;
        this.tenantOf = tenantOf;
        this.clock = clock;
        Get http = new Get();
        http.setConnectTimeout(FETCH_MILLIS);
        http.setReadTimeout(FETCH_MILLIS);
        http.setRetries(0);
        HttpsJwks jwks = new HttpsJwks(settings.jwksUrl());
        jwks.setSimpleHttpGet(guarded(http, CircuitBreaker.byTrial(RETRIES, clock)));
        jwks.setRefreshReprieveThreshold(REFETCH_MILLIS);
        jwks.setDefaultCacheDuration(KEPT_SECONDS);
        jwks.setRetainCacheOnErrorDuration(KEPT_SECONDS);
        this.keys = new HttpsJwksVerificationKeyResolver(jwks);
    }

    /** An issuer that does not answer is not asked for a while: no caller's thread waits for it. */
    private static SimpleGet guarded(SimpleGet http, CircuitBreaker circuit) {
        return location -> {
            if (!circuit.mayPass()) {
                throw new IOException("the issuer is left alone for a while: "
                        + circuit.state().reason());
            }
            try {
                SimpleResponse answer = http.get(location);
                circuit.succeeded();
                return answer;
            } catch (IOException | RuntimeException e) {
                boolean wasClosed = circuit.isClosed();
                circuit.failed(e);
                if (wasClosed && !circuit.isClosed()) {
                    LOG.warnf("%s the circuit opens: %s", RuntimeError.ISSUER_DOWN.code(), e.getMessage());
                }
                throw e;
            }
        };
    }

    /**
     * @return empty for a token that is not good, or names no partner of ours
     * @throws RetailException {@link RuntimeError#ISSUER_DOWN} if that cannot be told, since its keys cannot be had
     */
    @Override
    public Optional<CallContext> callerOf(String token) {
        try {
            return caller(verifier().processToClaims(token));
        } catch (InvalidJwtException e) {
            if (causes(e).anyMatch(IOException.class::isInstance)) {
                throw new RetailException(RuntimeError.ISSUER_DOWN, "the token's issuer does not give its keys", e);
            }
            // Its content is the caller's affair; the reason is ours.
            LOG.debugf("RUN-2002 token refused: %s", e.getErrorDetails());
            return Optional.empty();
        }
    }

    private JwtConsumer verifier() {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        PERMIT,
                        RSA_USING_SHA256,
                        RSA_USING_SHA384,
                        RSA_USING_SHA512,
                        RSA_PSS_USING_SHA256,
                        RSA_PSS_USING_SHA512,
                        ECDSA_USING_P256_CURVE_AND_SHA256,
                        ECDSA_USING_P384_CURVE_AND_SHA384)
                .setVerificationKeyResolver(keys)
                .setExpectedIssuer(settings.issuer())
                .setExpectedAudience(settings.audience())
                .setRequireExpirationTime()
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .build();
    }

    private Optional<CallContext> caller(JwtClaims claims) {
        if (!(claims.getClaimValue(settings.partnerClaim()) instanceof String name)) {
            return Optional.empty();
        }
        String partner = settings.partners().getOrDefault(name, name);
        return tenantOf.apply(partner)
                .filter(tenant ->
                        settings.tenantClaim().isEmpty() || tenant.equals(claims.getClaimValue(settings.tenantClaim())))
                .map(tenant -> new CallContext(partner, tenant, scopes(claims), Set.of(), ""));
    }

    /** Those of ours that a partner may have; an issuer's own, such as {@code openid}, mean nothing here. */
    private Set<String> scopes(JwtClaims claims) {
        Object claim = claims.getClaimValue(settings.scopesClaim());
        Stream<String> named = claim instanceof List<?> list
                ? list.stream().map(String::valueOf)
                : Arrays.stream(String.valueOf(claim).split(" "));
        Set<String> scopes = new HashSet<>();
        named.filter(each -> each.startsWith(settings.scopePrefix()))
                .map(each -> each.substring(settings.scopePrefix().length()))
                .filter(Scopes.ALL::contains)
                .filter(each -> !each.equals(Scopes.HUB_OPERATE))
                .forEach(scopes::add);
        return scopes;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause);
    }
}
