package org.retailhub.erp.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.PostingState;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.messaging.Verdict;

/** What left, at an ERP that has no import table for it: kept once, answered once, and nothing of it written there. */
class ShipmentPostingIT {
    private Hub hub;

    @BeforeEach
    void fresh() throws SQLException {
        hub = Hub.fresh();
    }

    @AfterEach
    void end() {
        hub.end();
    }

    private Envelope shipment(String orderId, String number, int sequence) {
        return hub.message(SalesShipment.TYPE, sequence, orderId, """
                {"orderId":"%s","shipmentNumber":"%s","location":"berlin-1","shippedAt":"2026-11-23T12:30:00+01:00","carrier":"DHL",
                 "trackingNumbers":["JJD1"],"lines":[{"lineId":"1","sku":"SHIRT","quantity":1,"lot":null}],"closesLines":false}""".formatted(orderId, number));
    }

    private long kept(String orderId) {
        long count = hub.own
                .queryOne(
                        "select count(*) from erp.shipment_posting where business_key = ? and state = 'not-supported'",
                        row -> row.getLong(1),
                        orderId)
                .orElseThrow();
        hub.commit();
        return count;
    }

    @Test
    void isKeptAndAnsweredOnceAfterTheOrderWasAcknowledged() throws SQLException {
        String id = "A1";
        hub.handle(hub.post(Hub.shirts(id, 2)));
        Hub.importOrders();
        hub.poll();

        hub.handle(shipment(id, "S-1", 2));
        hub.handle(shipment(id, "S-1", 2));
        hub.handle(shipment(id, "S-2", 3));

        assertEquals(2, kept(id));
        assertEquals(PostingState.ACKNOWLEDGED, hub.posting(id).state());
        assertEquals(
                List.of("1 " + PostingEvent.ACKNOWLEDGED, "2 " + SalesShipment.TAKEN, "3 " + SalesShipment.TAKEN),
                hub.events(id));
    }

    @Test
    void waitsForAPostingThatIsNotThere() {
        Verdict.Hold<?> held = assertInstanceOf(Verdict.Hold.class, hub.handleOne(shipment("A1", "S-1", 2)));
        assertEquals(ErpError.ERP_BEHIND, held.code());
        assertEquals(0, kept("A1"));
    }

    @Test
    void isParkedIfItCannotBeRead() {
        Envelope sick = hub.message(SalesShipment.TYPE, 2, "A1", "{\"orderId\":\"A1\"}");
        assertEquals(
                ErpError.UNREADABLE_DOCUMENT,
                assertInstanceOf(Verdict.Park.class, hub.handleOne(sick)).code());
    }
}
