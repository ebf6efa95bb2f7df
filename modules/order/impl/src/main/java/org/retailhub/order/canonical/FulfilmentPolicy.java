package org.retailhub.order.canonical;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderStatus;

/**
 * What a channel's orders pass before they go to the ERP, and how long each step may take.
 *
 * @param version counts changes, from 1; 0 where nobody set one
 * @param locations where goods may come from, the preferred first; none: wherever inventory has them
 * @param holdFor how long stock is held for an order that does not move on
 * @param attempts how often places are looked for anew after a race was lost, before it counts as a shortage
 * @param legalEntity who sells, as the ERP calls it: rules of tax ask for it; null if nobody said
 * @param facilitator whether the channel is a marketplace that collects the tax itself
 * @param events whether {@link org.retailhub.order.api.OrderStateChanged} is told
 * @param allowed how long an order may stand in a state; no clock runs in the others
 */
public record FulfilmentPolicy(
        long version,
        Mode mode,
        OnShortage onShortage,
        PostWhen postWhen,
        List<String> locations,
        Duration holdFor,
        int attempts,
        @Nullable String legalEntity,
        boolean facilitator,
        boolean events,
        Map<OrderStatus, Duration> allowed) {
    /** Whether stock is held. */
    public enum Mode {
        /** Straight to the ERP. */
        NONE,
        /** Stock is held first. */
        RESERVE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of an order whose stock is not there. */
    public enum OnShortage {
        /** Nothing is held; it waits until all is there. */
        BACKORDER,
        /** What is there is held; it waits for the rest. */
        SPLIT,
        /** It is refused. */
        CANCEL;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When the document of an order of which only some is held goes to the ERP; an order is one document. */
    public enum PostWhen {
        /** As soon as something is held. */
        RESERVED,
        /** When all is held. */
        COMPLETE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final Duration DEFAULT_HOLD = Duration.ofDays(90);
    public static final int DEFAULT_ATTEMPTS = 5;

    /** Of channels for which nobody set one: straight to the ERP, told to nobody, no clock. */
    public static final FulfilmentPolicy NONE = new FulfilmentPolicy(
            0,
            Mode.NONE,
            OnShortage.BACKORDER,
            PostWhen.COMPLETE,
            List.of(),
            DEFAULT_HOLD,
            DEFAULT_ATTEMPTS,
            null,
            false,
            false,
            Map.of());

    public FulfilmentPolicy {
        locations = List.copyOf(locations);
        allowed = Map.copyOf(allowed);
    }

    public boolean reserves() {
        return mode == Mode.RESERVE;
    }
}
