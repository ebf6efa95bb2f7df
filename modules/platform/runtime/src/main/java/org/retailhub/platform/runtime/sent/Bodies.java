package org.retailhub.platform.runtime.sent;

import java.util.List;
import java.util.Map;

/**
 * Makes bodies again that the log did not keep, byte for byte, from the sender's own state. A module whose log keeps every body needs
 * none: {@link #NONE}.
 */
@FunctionalInterface
public interface Bodies {
    Bodies NONE = keys -> Map.of();

    /** Bulk; what cannot be made is left out. */
    Map<SentMessages.Key, String> of(List<SentMessages.Key> keys);
}
