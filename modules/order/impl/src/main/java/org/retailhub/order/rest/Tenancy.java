package org.retailhub.order.rest;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** Whose rules a call is about: a partner's own, always; an operator says whose. */
final class Tenancy {
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Tenancy() {}

    /**
     * @param asked the parameter {@code tenant}; null if absent
     * @throws RetailException {@link OrderError#TENANT_NOT_NAMED} if an operator names none or no possible one,
     *     {@link OrderError#TENANT_FORBIDDEN} if a partner names another's
     */
    static String tenant(CallContext caller, @Nullable String asked) {
        if (caller.isOperator()) {
            if (asked == null || !TENANT.matcher(asked).matches()) {
                String message = "name the tenant: an operator's credential has none of its own";
                throw new RetailException(
                        OrderError.TENANT_NOT_NAMED, message, List.of(new Violation("tenant", message)), null);
            }
            return asked;
        }
        if (asked != null && !asked.equals(caller.tenant())) {
            throw new RetailException(OrderError.TENANT_FORBIDDEN, "leave the parameter tenant out");
        }
        return caller.tenant();
    }
}
