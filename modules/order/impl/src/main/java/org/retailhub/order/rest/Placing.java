package org.retailhub.order.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retailhub.order.OrderModule;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.canonical.OrderCheck;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.domain.Placed;
import org.retailhub.order.domain.Placement;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.server.Door;

/** From a body to a stored order: what the single and the bulk door have in common. */
@ApplicationScoped
public class Placing {
    private static final int LONGEST_KEY = 255;

    @Inject
    private OrderModule module;

    @Inject
    private Door door;

    @Inject
    private Clock clock;

    /** @throws RetailException if no orders are taken in now */
    void admit() {
        door.admit(Lane.ORDER);
    }

    /** On the caller's thread up to the queue; the stage completes after the commit. Failures come by the stage, all of them. */
    public CompletionStage<Placed> place(CallContext caller, byte[] body, Optional<String> idempotencyKey) {
        try {
            admit();
            OrderDocument document = OrderCheck.parse(body, clock.instant());
            return module.place(Placement.of(
                    tenantOf(caller, document), document, idempotencyKey.map(Placing::checked), caller.traceparent()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** @throws RetailException if the caller may not place this order */
    private static String tenantOf(CallContext caller, OrderDocument document) {
        if (caller.isOperator()) {
            throw new RetailException(OrderError.TENANT_REQUIRED, "use a partner's credential");
        }
        if (!caller.maySpeakFor(document.channel())) {
            throw new RetailException(
                    OrderError.CHANNEL_FORBIDDEN, "the credential is not for the channel " + document.channel());
        }
        return caller.tenant();
    }

    private static String checked(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY || key.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new RetailException(
                    OrderError.INVALID_IDEMPOTENCY_KEY,
                    "1 to " + LONGEST_KEY + " printable ASCII characters",
                    List.of(new RetailException.Violation("Idempotency-Key", "cannot be used")),
                    null);
        }
        return key;
    }
}
