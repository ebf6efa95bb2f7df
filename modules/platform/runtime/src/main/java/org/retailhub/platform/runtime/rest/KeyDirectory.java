package org.retailhub.platform.runtime.rest;

import java.util.Optional;
import org.retailhub.platform.kernel.CallContext;

/** Where the gate asks whose key it is; each module binds it to the partner module. */
@FunctionalInterface
public interface KeyDirectory {
    /** @param sha256 of the API key's characters */
    Optional<CallContext> callerByKeyHash(byte[] sha256);
}
