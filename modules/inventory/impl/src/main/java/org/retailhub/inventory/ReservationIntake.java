package org.retailhub.inventory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Reserving.Request;
import org.retailhub.inventory.Reserving.Reserved;
import org.retailhub.platform.runtime.intake.Intake;

/** What the door does with a batch of reservations: one conditional write per stock row, whatever number of them wants it. */
final class ReservationIntake implements Intake<Request, Boolean, Reserved> {
    private final Reserving reserving;
    private final Stock stock;

    ReservationIntake(Reserving reserving, Stock stock) {
        this.reserving = reserving;
        this.stock = stock;
    }

    @Override
    public String key(Request request) {
        return request.naturalKey();
    }

    /** Nobody else is asked. */
    @Override
    public Boolean load(List<Request> batch) {
        return Boolean.TRUE;
    }

    @Override
    public List<@Nullable Reserved> write(List<Request> batch, Boolean none) {
        boolean waits = stock.begin();
        Reserving.Facts facts = reserving.load(batch);
        Stock.Hand hand = stock.take(List.of(), reserving.positions(batch, facts), waits);
        List<@Nullable Reserved> answers = new ArrayList<>(batch.size());
        for (Request request : batch) {
            answers.add(reserving.decide(request, facts, hand));
        }
        stock.write(hand, reserving.write(facts), "", batch.get(0).traceparent());
        return answers;
    }
}
