package org.retailhub.channel.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.ErrorCode;

/** What follows from one payload. */
public sealed interface Outcome {
    /**
     * It was understood.
     *
     * @param document it is about; empty if about none
     * @param version of the document; null if it bears none
     */
    record Settled(Fate fate, String document, @Nullable Instant version, String detail, List<Telling> tellings)
            implements Outcome {
        public Settled {
            tellings = List.copyOf(tellings);
        }
    }

    /** Somebody has to look at it. */
    record Sick(ErrorCode code, String detail) implements Outcome {}

    /**
     * A command or event to send.
     *
     * @param destination queue or address
     * @param type of the message
     * @param orderId the channel's own number of the order it is about
     * @param body JSON
     */
    record Telling(String destination, String type, String orderId, long sequence, String body) {}
}
