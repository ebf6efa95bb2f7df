package org.retailhub.partner;

import java.util.Optional;
import org.retailhub.platform.kernel.CallContext;

/** Who calls with a token; nobody, where no issuer is configured. */
@FunctionalInterface
public interface Tokens {
    Optional<CallContext> callerOf(String token);
}
