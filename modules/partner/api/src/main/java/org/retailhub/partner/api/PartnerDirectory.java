package org.retailhub.partner.api;

import org.retailhub.platform.kernel.KeyDirectory;

/**
 * Whose credential a key is, and what is left of a partner's quota. Asked by the gate of every module's WAR, once per key and cache time,
 * and once per block of calls.
 *
 * <p>Never joins the caller's transaction. Throws nothing for an unknown key; an unreachable database shows as an EJB
 * exception, which the gate answers with 503.
 */
public interface PartnerDirectory extends KeyDirectory {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/partner/PartnerDirectoryBean!org.retailhub.partner.api.PartnerDirectory";
}
