package org.retailhub.platform.kernel;

import java.util.Optional;

/**
 * What the gate in front of every module asks: whose key is this, and how much may its owner still ask for. Answered by the partner module
 * (its api says how to reach it), out of the caller's transaction. Neither question is put per request: the gate keeps answers for seconds and
 * draws calls in blocks.
 */
public interface KeyDirectory {
    /**
     * The caller that a live credential stands for.
     *
     * @param sha256 SHA-256 of the key as sent, 32 bytes; the key itself never leaves the gate
     * @return the caller with an empty {@code traceparent}, or empty when the key is unknown, revoked or past its end
     */
    Optional<CallContext> callerByKeyHash(byte[] sha256);

    /**
     * The caller that a token of the OIDC server stands for: never an operator.
     *
     * @param token as sent: three parts, signed
     * @return the caller with an empty {@code traceparent}, or empty when the token is not good or tokens are not taken here
     */
    Optional<CallContext> callerByToken(String token);

    /**
     * Takes up to {@code calls} calls out of what all gates of all nodes share. What was granted is gone from there, used or not.
     *
     * @param routeClass the route by its operationId, such as {@code placeOrder}
     * @param calls 0 only asks for the terms
     */
    Allowance draw(String partner, String routeClass, long calls);
}
