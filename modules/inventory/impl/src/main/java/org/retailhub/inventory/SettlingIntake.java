package org.retailhub.inventory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Settling.Settled;
import org.retailhub.inventory.Settling.Step;
import org.retailhub.platform.runtime.intake.Intake;

/** What the door, and the sweep, do with a batch of steps: one write per stock row. */
final class SettlingIntake implements Intake<Step, Boolean, Settled> {
    private final Settling settling;
    private final Stock stock;

    SettlingIntake(Settling settling, Stock stock) {
        this.settling = settling;
        this.stock = stock;
    }

    @Override
    public String key(Step request) {
        return request.naturalKey();
    }

    /** Nobody else is asked. */
    @Override
    public Boolean load(List<Step> batch) {
        return Boolean.TRUE;
    }

    @Override
    public List<@Nullable Settled> write(List<Step> batch, Boolean none) {
        boolean waits = stock.begin();
        Settling.Facts facts = settling.load(batch, waits);
        Stock.Hand hand = stock.take(List.of(), facts.positions(), waits);
        List<@Nullable Settled> answers = new ArrayList<>(batch.size());
        for (Step step : batch) {
            answers.add(settling.decide(step, facts, hand));
        }
        stock.write(hand, settling.write(facts, hand), "", batch.get(0).traceparent());
        return answers;
    }
}
