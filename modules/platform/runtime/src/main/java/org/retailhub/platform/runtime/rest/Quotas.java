package org.retailhub.platform.runtime.rest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.retailhub.platform.kernel.KeyDirectory;

/**
 * This gate's share of the partners' quotas. Calls are drawn from the shared quota in blocks and let through from the block in hand, so
 * that a request costs two map lookups and a decrement, and the database hears of about one in {@code quota / 50}.
 *
 * <p>The promise, for any period and G gates of one route: let through at most {@code quota + period × rate + G × hand}, at least
 * {@code min(asked, quota + period × rate) − G × hand}, where a hand holds at most {@code max(1, quota / 50)}.
 */
public final class Quotas {
    private record Key(String partner, String routeClass) {}

    private final KeyDirectory directory;
    private final LongSupplier nanoClock;
    private final Map<Key, QuotaHand> hands = new ConcurrentHashMap<>();

    public Quotas(KeyDirectory directory, LongSupplier nanoClock) {
        this.directory = directory;
        this.nanoClock = nanoClock;
    }

    /**
     * One call of this partner.
     *
     * @throws RuntimeException the directory's, if it does not answer and nothing is left in hand
     */
    public QuotaHand.Verdict take(String partner, String routeClass) {
        Key key = new Key(partner, routeClass);
        QuotaHand hand = hands.get(key);
        if (hand == null) {
            hand = hands.computeIfAbsent(
                    key,
                    each -> new QuotaHand(routeClass, calls -> directory.draw(partner, routeClass, calls), nanoClock));
        }
        return hand.take();
    }
}
