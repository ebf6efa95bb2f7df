package org.retailhub.inventory.rest;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** Whose stock a call is about: a partner's own, always; an operator says whose. */
final class Tenancy {
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Tenancy() {}

    /**
     * @param asked the parameter {@code tenant}; null if absent
     * @throws RetailException {@link InventoryError#TENANT_REQUIRED} if an operator names none or no possible one,
     *     {@link InventoryError#TENANT_FORBIDDEN} if a partner names another's
     */
    static String tenant(CallContext caller, @Nullable String asked) {
        if (caller.isOperator()) {
            if (asked == null || !TENANT.matcher(asked).matches()) {
                String message = "name the tenant: an operator's credential has none of its own";
                throw new RetailException(
                        InventoryError.TENANT_REQUIRED, message, List.of(new Violation("tenant", message)), null);
            }
            return asked;
        }
        if (asked != null && !asked.equals(caller.tenant())) {
            throw new RetailException(InventoryError.TENANT_FORBIDDEN, "leave the parameter tenant out");
        }
        return caller.tenant();
    }

    /**
     * A key that is bound to channels speaks for one of them, and says for which.
     *
     * @throws RetailException {@link InventoryError#CHANNEL_FORBIDDEN}
     */
    static void speaksFor(CallContext caller, @Nullable String channel) {
        boolean may =
                channel == null ? caller.isOperator() || caller.channels().isEmpty() : caller.maySpeakFor(channel);
        if (!may) {
            throw new RetailException(
                    InventoryError.CHANNEL_FORBIDDEN,
                    channel == null
                            ? "the credential is bound to channels: name one of them"
                            : "the credential is not for the channel " + channel);
        }
    }
}
