package org.retailhub.inventory.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Movements;
import org.retailhub.inventory.Movements.Recorded;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.Stock;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.api.RecordMovement;
import org.retailhub.inventory.canonical.MovementCheck;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.inventory.canonical.WireMovement;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;

/**
 * What others want done to stock, by the same use cases as over HTTP. What is known and what is there is read, locked and applied in memory
 * by {@link #load}, in the order of the messages; nothing of it is written for a message that is parked.
 */
public final class InventoryCommands implements BatchHandler<InventoryCommands.Facts, InventoryCommands.Effect> {
    private static final Duration IN_DOUBT_RETRY = Duration.ofSeconds(1);
    private static final Duration IN_DOUBT_DEADLINE = Duration.ofHours(1);

    /** A movement as it is on the wire; it is checked by the door's own rules. */
    record WireRecord(@Nullable WireMovement movement) {}

    /** What was found out about each message, and what is in hand. */
    public record Facts(Map<String, Verdict<Effect>> verdicts, Movements.Facts movements, Stock.Hand hand) {}

    /** What is to be written for one message; its rows are in the hand. @param what for the trace */
    public record Effect(String what) {}

    private final Movements movements;
    private final Stock stock;
    private final Clock clock;

    public InventoryCommands(Movements movements, Stock stock, Clock clock) {
        this.movements = movements;
        this.stock = stock;
        this.clock = clock;
    }

    @Override
    public Facts load(List<Envelope> batch) {
        Map<String, Verdict<Effect>> verdicts = new HashMap<>();
        Map<String, Telling> tellings = new HashMap<>();
        for (Envelope message : batch) {
            try {
                if (!message.type().equals(RecordMovement.TYPE)) {
                    throw new RetailException(RuntimeError.UNKNOWN_MESSAGE_TYPE, message.type());
                }
                tellings.put(message.messageId(), telling(message));
            } catch (RetailException e) {
                verdicts.put(message.messageId(), Verdict.park(e.code(), e.detail()));
            }
        }
        boolean waits = stock.begin();
        List<Telling> told = List.copyOf(tellings.values());
        Movements.Facts facts = movements.load(told, waits);
        Stock.Hand hand = stock.take(facts.positions(told), true, waits);
        for (Envelope message : batch) {
            Telling telling = tellings.get(message.messageId());
            if (telling != null) {
                verdicts.put(message.messageId(), verdict(movements.decide(telling, facts, hand)));
            }
        }
        return new Facts(verdicts, facts, hand);
    }

    private Telling telling(Envelope message) {
        WireRecord wire = StrictJson.read(message.body().getBytes(StandardCharsets.UTF_8), WireRecord.class);
        if (wire.movement() == null) {
            throw new RetailException(InventoryError.INVALID_MOVEMENT, "movement is required");
        }
        MovementDocument movement = MovementCheck.check("movement.", wire.movement(), clock.instant());
        String key = message.tenant() + "/" + movement.feed() + "/" + movement.sourceKey();
        if (message.tenant().isEmpty() || !key.equals(message.businessKey())) {
            throw new RetailException(RuntimeError.MALFORMED_MESSAGE, "the message's key is not that of its movement");
        }
        return new Telling(message.tenant(), movement, message.traceparent());
    }

    private static Verdict<Effect> verdict(@Nullable Recorded recorded) {
        if (recorded == null) {
            return Verdict.hold(
                    RuntimeError.KEY_IN_DOUBT,
                    "an earlier transaction on this stock is not decided yet",
                    IN_DOUBT_RETRY,
                    IN_DOUBT_DEADLINE);
        }
        return recorded.fold(
                written -> Verdict.handle(new Effect("")),
                differs -> Verdict.park(
                        InventoryError.MOVEMENT_DIFFERS,
                        "movement " + differs.row().number() + " of "
                                + differs.row().position() + " differs: " + String.join(", ", differs.fields())),
                other -> Verdict.park(InventoryError.UNIT_DIFFERS, "unit: the stock is counted in " + other.unit()));
    }

    @Override
    public Verdict<Effect> decide(Envelope message, Facts facts) {
        return Objects.requireNonNull(
                facts.verdicts().get(message.messageId()), "each message of the round was looked at");
    }

    @Override
    public void write(List<Decided<Effect>> good, Facts facts) {
        movements.write(facts.movements());
        Envelope first = good.get(0).message();
        stock.write(facts.hand(), first.messageId(), first.traceparent());
    }
}
