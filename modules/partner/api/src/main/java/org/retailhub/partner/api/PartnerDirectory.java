package org.retailhub.partner.api;

import java.util.Optional;
import org.retailhub.platform.kernel.CallContext;

/**
 * Whose credential a key is. Asked by the gate of every module's WAR, once per key and cache time.
 *
 * <p>Never joins the caller's transaction. Throws nothing for an unknown key; an unreachable database shows as an EJB
 * exception, which the gate answers with 503.
 */
public interface PartnerDirectory {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/partner/PartnerDirectoryBean!org.retailhub.partner.api.PartnerDirectory";

    /**
     * The caller that a live credential stands for.
     *
     * @param sha256 SHA-256 of the key as sent, 32 bytes; the key itself never leaves the gate
     * @return the caller with an empty {@code traceparent}, or empty when the key is unknown or revoked
     */
    Optional<CallContext> callerByKeyHash(byte[] sha256);
}
