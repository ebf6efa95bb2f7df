package org.retailhub.platform.runtime.server;

import org.retailhub.platform.kernel.Lane;

/** How much each lane may take of what orders may. */
public final class Lanes {
    private Lanes() {}

    /** What may wait before a lane is shut, of what may before orders are. */
    public static long share(Lane lane, long ofOrders) {
        return switch (lane) {
            case ORDER -> ofOrders;
            case STOCK -> ofOrders * 80 / 100;
            case PRICE -> ofOrders * 65 / 100;
            case CATALOGUE -> ofOrders * 50 / 100;
        };
    }
}
