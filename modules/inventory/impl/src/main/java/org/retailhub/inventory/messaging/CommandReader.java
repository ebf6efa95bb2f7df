package org.retailhub.inventory.messaging;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.ErpKnowledge;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.Reserving;
import org.retailhub.inventory.Settling;
import org.retailhub.inventory.api.ConsumeStock;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.api.MarkKnownToErp;
import org.retailhub.inventory.api.RecordMovement;
import org.retailhub.inventory.api.ReleaseStock;
import org.retailhub.inventory.api.ReserveStock;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.inventory.canonical.MovementCheck;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.inventory.canonical.ReservationCheck;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.StepDocument;
import org.retailhub.inventory.canonical.WireMovement;
import org.retailhub.inventory.canonical.WireReservation;
import org.retailhub.inventory.canonical.WireStep;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.StrictJson;

/** From a message to what a use case takes; checked by the doors' own rules. */
final class CommandReader {
    /** As they are on the wire. */
    record WireRecord(@Nullable WireMovement movement) {}

    /** As it is on the wire. */
    record WireReserve(@Nullable WireReservation reservation) {}

    /** As it is on the wire: the reservation by its owner's name. */
    record WireSettle(
            @Nullable String reference,
            @Nullable String document,
            @Nullable List<WireStep.Item> items) {}

    /** As it is on the wire. */
    record WireKnown(
            @Nullable String feed,
            @Nullable String sourceKey,
            @Nullable String target,
            @Nullable String document) {}

    private final Clock clock;

    CommandReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * @return a {@link Telling}, {@link Reserving.Request}, {@link Settling.Step} or {@link ErpKnowledge.Telling}
     * @throws RetailException if it cannot be read, or is not what its key says
     */
    Object read(Envelope message) {
        return switch (message.type()) {
            case RecordMovement.TYPE -> telling(message);
            case ReserveStock.TYPE -> request(message);
            case ReleaseStock.TYPE -> step(message, Settling.Kind.RELEASE);
            case ConsumeStock.TYPE -> step(message, Settling.Kind.CONSUME);
            case MarkKnownToErp.TYPE -> known(message);
            default -> throw new RetailException(RuntimeError.UNKNOWN_MESSAGE_TYPE, message.type());
        };
    }

    private static <T> T body(Envelope message, Class<T> type) {
        return StrictJson.readMessage(message.body(), type);
    }

    private Telling telling(Envelope message) {
        WireMovement wire = body(message, WireRecord.class).movement();
        if (wire == null) {
            throw new RetailException(InventoryError.INVALID_MOVEMENT, "movement is required");
        }
        MovementDocument movement = MovementCheck.check("movement.", wire, clock.instant());
        about(message, message.tenant() + "/" + movement.feed() + "/" + movement.sourceKey());
        return new Telling(message.tenant(), movement, message.traceparent());
    }

    private Reserving.Request request(Envelope message) {
        WireReservation wire = body(message, WireReserve.class).reservation();
        if (wire == null) {
            throw new RetailException(InventoryError.INVALID_RESERVATION, "reservation is required");
        }
        ReservationDocument document = ReservationCheck.check("reservation.", wire, clock.instant());
        about(message, ReserveStock.businessKey(message.tenant(), document.reference()));
        return new Reserving.Request(message.tenant(), document, message.traceparent(), message.messageId(), true);
    }

    private static Settling.Step step(Envelope message, Settling.Kind kind) {
        WireSettle wire = body(message, WireSettle.class);
        Faults faults = new Faults();
        String reference = faults.key("reference", wire.reference(), 128);
        faults.refuse(InventoryError.INVALID_STEP);
        StepDocument document = StepDocument.check("", new WireStep(wire.document(), wire.items()));
        about(message, ReserveStock.businessKey(message.tenant(), String.valueOf(reference)));
        return new Settling.Step(
                message.tenant(),
                "",
                String.valueOf(reference),
                kind,
                document,
                message.traceparent(),
                message.messageId());
    }

    private static ErpKnowledge.Telling known(Envelope message) {
        WireKnown wire = body(message, WireKnown.class);
        String feed = wire.feed();
        String sourceKey = wire.sourceKey();
        String target = wire.target();
        if (feed == null || sourceKey == null || target == null) {
            throw new RetailException(RuntimeError.MALFORMED_MESSAGE, "feed, sourceKey and target are required");
        }
        about(message, MarkKnownToErp.businessKey(message.tenant(), feed, sourceKey));
        return new ErpKnowledge.Telling(message.tenant(), feed, sourceKey, target, wire.document());
    }

    private static void about(Envelope message, String key) {
        if (message.tenant().isEmpty() || !key.equals(message.businessKey())) {
            throw new RetailException(
                    RuntimeError.MALFORMED_MESSAGE, "the message's key is not that of what it is about");
        }
    }
}
