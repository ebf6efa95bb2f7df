package org.retailhub.order.domain;

import static org.retailhub.order.api.OrderStatus.AWAITING_MAPPING;
import static org.retailhub.order.api.OrderStatus.BACKORDERED;
import static org.retailhub.order.api.OrderStatus.CANCELLATION_AWAITS_ERP;
import static org.retailhub.order.api.OrderStatus.CANCELLED;
import static org.retailhub.order.api.OrderStatus.CANCELLING;
import static org.retailhub.order.api.OrderStatus.CHANGE_AWAITS_ERP;
import static org.retailhub.order.api.OrderStatus.CHANGING;
import static org.retailhub.order.api.OrderStatus.CLOSED;
import static org.retailhub.order.api.OrderStatus.ERP_REJECTED;
import static org.retailhub.order.api.OrderStatus.NOT_FOR_ERP;
import static org.retailhub.order.api.OrderStatus.PARTIALLY_SHIPPED;
import static org.retailhub.order.api.OrderStatus.POSTED;
import static org.retailhub.order.api.OrderStatus.POSTING;
import static org.retailhub.order.api.OrderStatus.REFUSED;
import static org.retailhub.order.api.OrderStatus.RESERVING;
import static org.retailhub.order.api.OrderStatus.SHIPPED;
import static org.retailhub.order.api.OrderStatus.SOURCING;
import static org.retailhub.order.domain.OrderLife.Happening.ACKNOWLEDGED;
import static org.retailhub.order.domain.OrderLife.Happening.AMENDMENT_REFUSED;
import static org.retailhub.order.domain.OrderLife.Happening.ASKED;
import static org.retailhub.order.domain.OrderLife.Happening.CANCEL;
import static org.retailhub.order.domain.OrderLife.Happening.CHANGE;
import static org.retailhub.order.domain.OrderLife.Happening.EARLIER_ACKNOWLEDGED;
import static org.retailhub.order.domain.OrderLife.Happening.HELD;
import static org.retailhub.order.domain.OrderLife.Happening.HELD_IN_PART;
import static org.retailhub.order.domain.OrderLife.Happening.LATE_CANCEL;
import static org.retailhub.order.domain.OrderLife.Happening.LATE_CHANGE;
import static org.retailhub.order.domain.OrderLife.Happening.MAPPED;
import static org.retailhub.order.domain.OrderLife.Happening.NOTHING_TO_HOLD;
import static org.retailhub.order.domain.OrderLife.Happening.NOT_HELD;
import static org.retailhub.order.domain.OrderLife.Happening.REJECTED;
import static org.retailhub.order.domain.OrderLife.Happening.SHIPMENTS_TAKEN;
import static org.retailhub.order.domain.OrderLife.Happening.SHIPPED_IN_PART;
import static org.retailhub.order.domain.OrderLife.Happening.SHIPPED_WHOLE;
import static org.retailhub.order.domain.OrderLife.Happening.SHORT;
import static org.retailhub.order.domain.OrderLife.Happening.SOURCE;
import static org.retailhub.order.domain.OrderLife.Happening.TURNED_DOWN;
import static org.retailhub.order.domain.OrderLife.Happening.WITHDRAWAL_REFUSED;
import static org.retailhub.order.domain.OrderLife.Happening.WITHDRAWN;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.retailhub.order.api.OrderStatus;

/**
 * The whole state machine of an order: one line per state, what may happen in it and where that leads. What is not here is
 * refused.
 *
 * <p>The ERP's verdicts come in the order in which the ERP module found them, but a change or cancellation may have crossed one
 * on its way: while one is under way, a verdict on what was sent before it is no surprise.
 *
 * <p>Goods may leave before the ERP knows the order. That does not move it: how far it has left is kept beside ({@link OrderShipping}), and moves
 * it as soon as the ERP has acknowledged.
 */
public final class OrderLife {
    /** What can happen to an order. */
    public enum Happening {
        /** Master data knows all its SKUs, and it goes straight to the ERP. */
        MAPPED,
        /** Master data knows all its SKUs, and its channel's policy has stock held first. */
        SOURCE,
        /** Places were found for its lines, and inventory is asked to hold what is there. */
        ASKED,
        /** All that it waits for is held. */
        HELD,
        /** What there was is held; it waits for the rest. */
        HELD_IN_PART,
        /** Somebody else was faster, or what was held is held no longer: places are looked for anew. */
        NOT_HELD,
        /** There is not enough, and it waits for more. */
        SHORT,
        /** There is not enough, and its channel does not wait. */
        TURNED_DOWN,
        /** It needs no stock, or none any more. */
        NOTHING_TO_HOLD,
        /** The channel sends the whole order anew. */
        CHANGE,
        /** The channel cancels it. */
        CANCEL,
        /** The ERP made what it was last asked for: its document, or the further ones that a change needs. */
        ACKNOWLEDGED,
        /** The ERP made its document of what was sent before a change or cancellation that is under way. */
        EARLIER_ACKNOWLEDGED,
        /** The ERP refused it, for now. */
        REJECTED,
        /** The posting was taken back: in time, or by a further document of the ERP that returns it. */
        WITHDRAWN,
        /** The change came after the ERP's document, and a person has to follow it there. */
        AMENDMENT_REFUSED,
        /** The same of the cancellation. */
        WITHDRAWAL_REFUSED,
        /** The channel told of a change where a person has one to follow already: nobody is there to be refused. */
        LATE_CHANGE,
        /** The same of a cancellation. */
        LATE_CANCEL,
        /** Goods have left, and more are to come. */
        SHIPPED_IN_PART,
        /** Goods have left, or no more will come, and that is all. */
        SHIPPED_WHOLE,
        /** The ERP's module has taken note of all shipments. */
        SHIPMENTS_TAKEN
    }

    /** Before these nothing of what left is told to the ERP, which would not know of what. */
    private static final Set<OrderStatus> ACKNOWLEDGED_IN = Set.copyOf(
            EnumSet.of(POSTED, PARTIALLY_SHIPPED, SHIPPED, CLOSED, CHANGE_AWAITS_ERP, CANCELLATION_AWAITS_ERP));

    private static final Map<OrderStatus, Map<Happening, OrderStatus>> LIFE = life();

    private static Map<OrderStatus, Map<Happening, OrderStatus>> life() {
        Life life = new Life();
        // A change before the first posting leads here, and on at once if no SKU is unknown: by MAPPED or SOURCE.
        life.in(AWAITING_MAPPING)
                .on(MAPPED, POSTING)
                .on(SOURCE, SOURCING)
                .on(CHANGE, AWAITING_MAPPING)
                .on(CANCEL, CANCELLED)
                .on(SHIPPED_IN_PART, AWAITING_MAPPING)
                .on(SHIPPED_WHOLE, AWAITING_MAPPING);
        life.in(SOURCING)
                .on(ASKED, RESERVING)
                .on(SHORT, BACKORDERED)
                .on(TURNED_DOWN, REFUSED)
                .on(NOTHING_TO_HOLD, POSTING)
                .on(CHANGE, AWAITING_MAPPING)
                .on(CANCEL, CANCELLED)
                .on(SHIPPED_IN_PART, SOURCING)
                .on(SHIPPED_WHOLE, SOURCING);
        life.in(RESERVING)
                .on(HELD, POSTING)
                .on(HELD_IN_PART, BACKORDERED)
                .on(NOT_HELD, SOURCING)
                .on(CHANGE, AWAITING_MAPPING)
                .on(CANCEL, CANCELLED)
                .on(SHIPPED_IN_PART, RESERVING)
                .on(SHIPPED_WHOLE, RESERVING);
        life.in(BACKORDERED)
                .on(ASKED, RESERVING)
                .on(NOT_HELD, SOURCING)
                .on(TURNED_DOWN, REFUSED)
                .on(NOTHING_TO_HOLD, POSTING)
                .on(CHANGE, AWAITING_MAPPING)
                .on(CANCEL, CANCELLED)
                .on(SHIPPED_IN_PART, BACKORDERED)
                .on(SHIPPED_WHOLE, BACKORDERED);
        life.in(NOT_FOR_ERP).on(CHANGE, NOT_FOR_ERP).on(CANCEL, CANCELLED);
        life.in(POSTING)
                .on(CHANGE, CHANGING)
                .on(CANCEL, CANCELLING)
                .on(ACKNOWLEDGED, POSTED)
                .on(REJECTED, ERP_REJECTED)
                .on(SHIPPED_IN_PART, POSTING)
                .on(SHIPPED_WHOLE, POSTING);
        // An acknowledgement of the document before the change is told apart by the number of what it is about. A
        // sender of an earlier version
        // does not say: then the refusal of the change may follow it (see POSTED).
        life.in(CHANGING)
                .on(CHANGE, CHANGING)
                .on(CANCEL, CANCELLING)
                .on(EARLIER_ACKNOWLEDGED, CHANGING)
                .on(ACKNOWLEDGED, POSTED)
                .on(REJECTED, ERP_REJECTED)
                .on(AMENDMENT_REFUSED, CHANGE_AWAITS_ERP)
                .on(SHIPPED_IN_PART, CHANGING)
                .on(SHIPPED_WHOLE, CHANGING);
        life.in(ERP_REJECTED)
                .on(CHANGE, CHANGING)
                .on(CANCEL, CANCELLING)
                .on(EARLIER_ACKNOWLEDGED, CHANGING)
                .on(ACKNOWLEDGED, POSTED)
                .on(REJECTED, ERP_REJECTED)
                .on(AMENDMENT_REFUSED, CHANGE_AWAITS_ERP)
                .on(SHIPPED_IN_PART, ERP_REJECTED)
                .on(SHIPPED_WHOLE, ERP_REJECTED);
        // What the ERP's adapter cannot say by further documents is refused, and a person has to.
        life.in(POSTED)
                .on(CHANGE, CHANGING)
                .on(CANCEL, CANCELLING)
                .on(AMENDMENT_REFUSED, CHANGE_AWAITS_ERP)
                .on(SHIPPED_IN_PART, PARTIALLY_SHIPPED)
                .on(SHIPPED_WHOLE, SHIPPED);
        // Goods that have left are not ordered otherwise: what the channel tells of that is for a person.
        life.in(PARTIALLY_SHIPPED)
                .on(AMENDMENT_REFUSED, CHANGE_AWAITS_ERP)
                .on(LATE_CHANGE, CHANGE_AWAITS_ERP)
                .on(LATE_CANCEL, CANCELLATION_AWAITS_ERP)
                .on(SHIPPED_IN_PART, PARTIALLY_SHIPPED)
                .on(SHIPPED_WHOLE, SHIPPED)
                .on(SHIPMENTS_TAKEN, PARTIALLY_SHIPPED);
        life.in(SHIPPED)
                .on(AMENDMENT_REFUSED, CHANGE_AWAITS_ERP)
                .on(LATE_CHANGE, CHANGE_AWAITS_ERP)
                .on(LATE_CANCEL, CANCELLATION_AWAITS_ERP)
                .on(SHIPPED_WHOLE, SHIPPED)
                .on(SHIPMENTS_TAKEN, CLOSED);
        // More than was ordered may leave when all seemed done: the ERP has to be told of that too.
        life.in(CLOSED)
                .on(AMENDMENT_REFUSED, CHANGE_AWAITS_ERP)
                .on(LATE_CHANGE, CHANGE_AWAITS_ERP)
                .on(LATE_CANCEL, CANCELLATION_AWAITS_ERP)
                .on(SHIPPED_WHOLE, SHIPPED)
                .on(SHIPMENTS_TAKEN, CLOSED);
        life.in(CHANGE_AWAITS_ERP)
                .on(EARLIER_ACKNOWLEDGED, CHANGE_AWAITS_ERP)
                .on(ACKNOWLEDGED, CHANGE_AWAITS_ERP)
                .on(AMENDMENT_REFUSED, CHANGE_AWAITS_ERP)
                .on(LATE_CHANGE, CHANGE_AWAITS_ERP)
                .on(LATE_CANCEL, CANCELLATION_AWAITS_ERP)
                .on(SHIPPED_IN_PART, CHANGE_AWAITS_ERP)
                .on(SHIPPED_WHOLE, CHANGE_AWAITS_ERP)
                .on(SHIPMENTS_TAKEN, CHANGE_AWAITS_ERP);
        // Ends with the answer to the withdrawal, whatever came before it.
        life.in(CANCELLING)
                .on(EARLIER_ACKNOWLEDGED, CANCELLING)
                .on(ACKNOWLEDGED, CANCELLING)
                .on(REJECTED, CANCELLING)
                .on(AMENDMENT_REFUSED, CANCELLING)
                .on(WITHDRAWN, CANCELLED)
                .on(WITHDRAWAL_REFUSED, CANCELLATION_AWAITS_ERP);
        life.in(CANCELLATION_AWAITS_ERP)
                .on(EARLIER_ACKNOWLEDGED, CANCELLATION_AWAITS_ERP)
                .on(ACKNOWLEDGED, CANCELLATION_AWAITS_ERP)
                .on(AMENDMENT_REFUSED, CANCELLATION_AWAITS_ERP)
                .on(SHIPPED_IN_PART, CANCELLATION_AWAITS_ERP)
                .on(SHIPPED_WHOLE, CANCELLATION_AWAITS_ERP)
                .on(SHIPMENTS_TAKEN, CANCELLATION_AWAITS_ERP);
        life.in(CANCELLED);
        life.in(REFUSED);
        return life.frozen();
    }

    private OrderLife() {}

    /**
     * Where an order stands whose SKUs are all known, and of which nothing went to the ERP.
     *
     * @param reserves whether its channel's policy has stock held first
     */
    public static OrderStatus complete(boolean reserves) {
        return after(AWAITING_MAPPING, reserves ? SOURCE : MAPPED).orElseThrow();
    }

    /** Whether the ERP has its document, as far as an order that stands so knows. */
    public static boolean isAcknowledged(OrderStatus status) {
        return ACKNOWLEDGED_IN.contains(status);
    }

    /** Where it leads; empty if it must not happen in this state. */
    public static Optional<OrderStatus> after(OrderStatus status, Happening happening) {
        return Optional.ofNullable(Objects.requireNonNull(LIFE.get(status), "each status has its line")
                .get(happening));
    }

    /** Collects the ways out of each state. */
    private static final class Life {
        private final Map<OrderStatus, Map<Happening, OrderStatus>> states = new EnumMap<>(OrderStatus.class);
        private Map<Happening, OrderStatus> ways = new EnumMap<>(Happening.class);

        Life in(OrderStatus status) {
            ways = new EnumMap<>(Happening.class);
            states.put(status, ways);
            return this;
        }

        Life on(Happening happening, OrderStatus next) {
            ways.put(happening, next);
            return this;
        }

        Map<OrderStatus, Map<Happening, OrderStatus>> frozen() {
            states.replaceAll((status, its) -> Map.copyOf(its));
            return Map.copyOf(states);
        }
    }
}
