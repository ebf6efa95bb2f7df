package org.retailhub.trade.uci;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retailhub.trade.Seller;

/** Waits until the ERP has the documents of all orders. */
final class Settling {
    private final Seller seller;
    private final Duration patience;

    Settling(Seller seller, Duration patience) {
        this.seller = seller;
        this.patience = patience;
    }

    /** @param faults gets those that did not come so far in time */
    void until(List<String> orderIds, List<String> faults) {
        Instant deadline = Instant.now().plus(patience);
        List<String> open = orderIds;
        while (!open.isEmpty()) {
            Map<String, Seller.Standing> standings = seller.standings(open);
            open = open.stream()
                    .filter(id -> !Objects.requireNonNull(
                                    standings.get(id), "each that is asked about stands somewhere")
                            .status()
                            .equals("posted"))
                    .toList();
            if (Instant.now().isAfter(deadline)) {
                open.forEach(id -> faults.add("order " + id + " stands at " + standings.get(id)));
                return;
            }
            if (!open.isEmpty()) {
                Seller.pause(Duration.ofSeconds(1));
            }
        }
    }
}
