package org.retailhub.inventory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Movements.Recorded;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.platform.runtime.intake.Intake;

/** What the door does with a batch of movements: ledger, positions, feeds and messages in one transaction. */
final class MovementIntake implements Intake<Telling, Boolean, Recorded> {
    private final Movements movements;
    private final Stock stock;

    MovementIntake(Movements movements, Stock stock) {
        this.movements = movements;
        this.stock = stock;
    }

    @Override
    public String key(Telling request) {
        return request.naturalKey();
    }

    /** Nobody is asked: what a SKU is called elsewhere does not matter to its stock. */
    @Override
    public Boolean load(List<Telling> batch) {
        return Boolean.TRUE;
    }

    @Override
    public List<@Nullable Recorded> write(List<Telling> batch, Boolean none) {
        boolean waits = stock.begin();
        Movements.Facts facts = movements.load(batch, waits);
        Stock.Hand hand = stock.take(facts.positions(batch), List.of(), waits);
        List<@Nullable Recorded> answers = new ArrayList<>(batch.size());
        for (Telling telling : batch) {
            answers.add(movements.decide(telling, facts, hand));
        }
        movements.write(facts);
        stock.write(hand, List.of(), "", batch.get(0).traceparent());
        return answers;
    }
}
