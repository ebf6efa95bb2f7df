package org.retailhub.masterdata.rest;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** Whose master data a call is about: a partner's own, always; an operator says whose. */
final class Tenancy {
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Tenancy() {}

    /**
     * @param asked the parameter {@code tenant}; null if absent
     * @throws RetailException {@link MasterDataError#TENANT_REQUIRED} if an operator names none or no possible one,
     *     {@link MasterDataError#TENANT_FORBIDDEN} if a partner names another's
     */
    static String tenant(CallContext caller, @Nullable String asked) {
        if (caller.isOperator()) {
            if (asked == null || !TENANT.matcher(asked).matches()) {
                String message = "name the tenant: an operator's credential has none of its own";
                throw new RetailException(
                        MasterDataError.TENANT_REQUIRED, message, List.of(new Violation("tenant", message)), null);
            }
            return asked;
        }
        if (asked != null && !asked.equals(caller.tenant())) {
            throw new RetailException(MasterDataError.TENANT_FORBIDDEN, "leave the parameter tenant out");
        }
        return caller.tenant();
    }
}
