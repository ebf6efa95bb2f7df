package org.retailhub.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.retailhub.simulator.erp.ErpControl;
import org.retailhub.trade.HubClient;
import org.retailhub.trade.Installation;
import org.retailhub.trade.Masters;
import org.retailhub.trade.StockFeed;

/** A channel of the bench whose orders hold stock before they go to the ERP; there is plenty of everything. */
final class StockedChannel {
    static final String CHANNEL = "bench-stocked";
    static final String LOCATION = "bench-2";
    private static final int PLENTY = 50_000_000;

    private final Installation installation;
    private final HubClient hub;
    private final String run;

    /** @param run names the receipts, so that runs do not meet */
    StockedChannel(Installation installation, HubClient hub, String run) {
        this.installation = installation;
        this.hub = hub;
        this.run = run;
    }

    void open() {
        Masters masters = new Masters(hub, new ErpControl(installation.erpPort()));
        masters.accountInHub(CHANNEL, BenchOrders.ERP_PARTNER);
        masters.locationInHub(LOCATION, "distribution-centre", "Bench", "");
        StockFeed feed = new StockFeed(hub, "bench-" + run);
        BenchOrders.skus()
                .forEach(sku -> feed.add(HubClient.json()
                        .put("kind", "receipt")
                        .put("sku", sku)
                        .put("location", LOCATION)
                        .put("quantity", PLENTY)
                        .put("occurredAt", "2026-11-23T10:00:00+01:00")));
        feed.send();
        if (!feed.refused().isEmpty()) {
            throw new IllegalStateException("receipts were refused: " + feed.refused());
        }
        ObjectNode policy = HubClient.json().put("mode", "reserve");
        policy.putArray("locations").add(LOCATION);
        new HubClient(installation.hub(), installation.secret("RETAIL_OPERATOR_KEY"))
                .put("/api/order/v1/fulfilment-policies/" + CHANNEL + "?tenant=" + BenchOrders.PARTNER, policy)
                .expect(200, 201);
    }
}
