package org.retailhub.architecture.bad.alpha.messaging;

import jakarta.jms.TextMessage;

/** Good: an adapter. */
public final class Handler {
    public boolean handles(TextMessage message) {
        return message != null;
    }
}
