package org.retailhub.platform.kernel;

import java.util.Set;

/**
 * Who calls, for whom, and as part of which trace. Made once at a door and handed down as an argument.
 *
 * @param partner the calling partner's id, or the name of the operator's credential
 * @param tenant whose data the caller may see; {@link #ALL_TENANTS} for operators
 * @param scopes what the credential may do, such as {@code orders:write}
 * @param channels the channels the credential may speak for; empty means all of its tenant
 * @param traceparent W3C trace context of this call
 */
public record CallContext(String partner, String tenant, Set<String> scopes, Set<String> channels, String traceparent) {
    /** The tenant of an operator's credential. */
    public static final String ALL_TENANTS = "*";

    public CallContext {
        scopes = Set.copyOf(scopes);
        channels = Set.copyOf(channels);
    }

    public boolean isOperator() {
        return ALL_TENANTS.equals(tenant);
    }

    public boolean maySpeakFor(String channel) {
        return isOperator() || channels.isEmpty() || channels.contains(channel);
    }

    public boolean maySee(String ownerTenant) {
        return isOperator() || tenant.equals(ownerTenant);
    }
}
