package org.retailhub.inventory.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.ErpKnowledge;
import org.retailhub.inventory.Movements;
import org.retailhub.inventory.Movements.Recorded;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.Reserving;
import org.retailhub.inventory.Reserving.Reserved;
import org.retailhub.inventory.Settling;
import org.retailhub.inventory.Settling.Settled;
import org.retailhub.inventory.Stock;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.messaging.Verdict;

/**
 * What others want done to stock, by the same use cases as over HTTP. What is known and what is there is read, locked and applied in memory
 * by {@link #load}, in the order of the messages; nothing of it is written for a message that is parked. Reservations come last, so
 * that what a row was when it was reserved is what it is when it is written.
 */
public final class InventoryCommands implements BatchHandler<InventoryCommands.Facts, InventoryCommands.Effect> {
    private static final Duration IN_DOUBT_RETRY = Duration.ofSeconds(1);
    private static final Duration IN_DOUBT_DEADLINE = Duration.ofHours(1);
    private static final Duration UNKNOWN_DEADLINE = Duration.ofMinutes(2);

    /** What was found out about each message, and what is in hand. */
    public record Facts(
            Map<String, Verdict<Effect>> verdicts,
            Movements.Facts movements,
            Settling.Facts settling,
            Reserving.Facts reserving,
            ErpKnowledge.Facts knowledge,
            Stock.Hand hand) {}

    /** What is to be written for one message; its rows are in the hand. */
    public record Effect() {}

    private final Movements movements;
    private final Reserving reserving;
    private final Settling settling;
    private final ErpKnowledge knowledge;
    private final Stock stock;
    private final CommandReader reader;

    public InventoryCommands(
            Movements movements,
            Reserving reserving,
            Settling settling,
            ErpKnowledge knowledge,
            Stock stock,
            Clock clock) {
        this.movements = movements;
        this.reserving = reserving;
        this.settling = settling;
        this.knowledge = knowledge;
        this.stock = stock;
        this.reader = new CommandReader(clock);
    }

    @Override
    public Facts load(List<Envelope> batch) {
        Map<String, Verdict<Effect>> verdicts = new HashMap<>();
        Map<String, Telling> told = new LinkedHashMap<>();
        Map<String, Settling.Step> steps = new LinkedHashMap<>();
        Map<String, Reserving.Request> requests = new LinkedHashMap<>();
        Map<String, ErpKnowledge.Telling> news = new LinkedHashMap<>();
        for (Envelope message : batch) {
            try {
                Object command = reader.read(message);
                if (command instanceof Telling telling) {
                    told.put(message.messageId(), telling);
                } else if (command instanceof Settling.Step step) {
                    steps.put(message.messageId(), step);
                } else if (command instanceof ErpKnowledge.Telling telling) {
                    news.put(message.messageId(), telling);
                } else {
                    requests.put(message.messageId(), (Reserving.Request) command);
                }
            } catch (RetailException e) {
                verdicts.put(message.messageId(), Verdict.park(e.code(), e.detail()));
            }
        }
        boolean waits = stock.begin();
        List<Telling> tellings = List.copyOf(told.values());
        List<Reserving.Request> wanted = List.copyOf(requests.values());
        Movements.Facts ofMovements = movements.load(tellings, waits);
        Reserving.Facts ofReserving = reserving.load(wanted);
        Settling.Facts ofSettling = settling.load(List.copyOf(steps.values()), waits);
        List<PositionKey> held = new ArrayList<>(reserving.positions(wanted, ofReserving));
        held.addAll(ofSettling.positions());
        ErpKnowledge.Facts ofKnowledge = knowledge.load(news.values());
        held.addAll(ofKnowledge.positions());
        Stock.Hand hand = stock.take(ofMovements.positions(tellings), held, waits);
        knowledge.locked(ofKnowledge);
        news.forEach((id, each) -> verdicts.put(id, known(knowledge.decide(each, ofKnowledge, hand))));
        told.forEach((id, each) -> verdicts.put(id, recorded(movements.decide(each, ofMovements, hand))));
        steps.forEach((id, each) -> verdicts.put(id, settled(settling.decide(each, ofSettling, hand))));
        requests.forEach((id, each) -> verdicts.put(id, reserved(reserving.decide(each, ofReserving, hand))));
        return new Facts(verdicts, ofMovements, ofSettling, ofReserving, ofKnowledge, hand);
    }

    private static Verdict<Effect> inDoubt() {
        return Verdict.hold(
                RuntimeError.KEY_IN_DOUBT,
                "an earlier transaction on this stock is not decided yet",
                IN_DOUBT_RETRY,
                IN_DOUBT_DEADLINE);
    }

    private static Verdict<Effect> done() {
        return Verdict.handle(new Effect());
    }

    private static Verdict<Effect> recorded(@Nullable Recorded recorded) {
        return recorded == null
                ? inDoubt()
                : recorded.fold(
                        written -> done(),
                        differs -> Verdict.park(
                                InventoryError.MOVEMENT_DIFFERS,
                                "movement " + differs.row().number() + " of "
                                        + differs.row().position() + " differs: "
                                        + String.join(", ", differs.fields())),
                        other -> Verdict.park(
                                InventoryError.UNIT_DIFFERS, "unit: the stock is counted in " + other.unit()));
    }

    /** Not enough is a result: it is told, and the command is done. */
    private static Verdict<Effect> reserved(@Nullable Reserved reserved) {
        return reserved == null
                ? inDoubt()
                : reserved.fold(
                        held -> done(),
                        outOfStock -> done(),
                        differs -> Verdict.park(
                                InventoryError.RESERVATION_DIFFERS,
                                "reservation " + differs.reservation().id() + " differs: "
                                        + String.join(", ", differs.fields())),
                        outside -> Verdict.park(
                                InventoryError.OUTSIDE_POOL,
                                "lines[" + outside.line() + "].location: the channel does not sell from "
                                        + outside.location()),
                        tooLate -> Verdict.park(
                                InventoryError.INVALID_RESERVATION,
                                "reservation.expiresAt: " + tooLate.expiresAt() + " is over"));
    }

    private static Verdict<Effect> settled(@Nullable Settled settled) {
        return settled == null
                ? inDoubt()
                : settled.fold(
                        done -> done(),
                        unknown -> Verdict.park(InventoryError.RESERVATION_NOT_FOUND, "nobody made it"),
                        notHeld -> Verdict.park(
                                InventoryError.NOT_HELD,
                                "reservation " + notHeld.reservation().id() + " is "
                                        + notHeld.reservation().state().wire() + ": "
                                        + notHeld.positions().stream()
                                                .map(PositionKey::toString)
                                                .collect(Collectors.joining(", "))),
                        differs -> Verdict.park(
                                InventoryError.STEP_DIFFERS,
                                "reservation " + differs.reservation().id()));
    }

    private static Verdict<Effect> known(ErpKnowledge.Outcome outcome) {
        return switch (outcome) {
            case DONE -> done();
            case IN_DOUBT -> inDoubt();
            case UNKNOWN ->
                Verdict.hold(
                        InventoryError.MOVEMENT_NOT_FOUND,
                        "the ERP has a movement that is not in the ledger",
                        IN_DOUBT_RETRY,
                        UNKNOWN_DEADLINE);
        };
    }

    @Override
    public Verdict<Effect> decide(Envelope message, Facts facts) {
        return Objects.requireNonNull(
                facts.verdicts().get(message.messageId()), "each message of the round was looked at");
    }

    @Override
    public void write(List<Decided<Effect>> good, Facts facts) {
        movements.write(facts.movements());
        List<OutboundMessage> messages = new ArrayList<>(settling.write(facts.settling(), facts.hand()));
        messages.addAll(reserving.write(facts.reserving()));
        knowledge.write(facts.knowledge(), facts.hand().now());
        Envelope first = good.get(0).message();
        stock.write(facts.hand(), messages, first.messageId(), first.traceparent());
    }
}
