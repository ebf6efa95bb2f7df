package org.retailhub.operations.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retailhub.operations.api.Alarm;
import org.retailhub.platform.kernel.Insight.Signal;

class JudgementTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private static Vitals vitals(Signal signal) {
        return new Vitals(NOW, Map.of("erp", List.of(signal)), Set.of(), Map.of("erp.postings", 3L), Set.of(), null);
    }

    private static List<String> of(Vitals vitals) {
        return Judgement.of(vitals).stream()
                .map(each -> each.alarm().code() + " " + each.subject())
                .sorted()
                .toList();
    }

    @Test
    void ofAHealthyHubNothingIsSaid() {
        assertEquals(List.of(), of(vitals(new Signal(Signal.PARKED, "", 0, null, ""))));
        assertEquals(List.of(), of(vitals(new Signal(Signal.WRITTEN, "idempiere", 100, NOW, ""))));
    }

    @Test
    void eachOfTheseIsAnAlarm() {
        assertEquals(
                List.of("OPS-2004 idempiere"), of(vitals(new Signal(Signal.CIRCUIT_OPEN, "idempiere", 1, NOW, ""))));
        assertEquals(
                List.of("OPS-2014 acme/wms-1"),
                of(vitals(new Signal(Signal.FEED_SILENT, "acme/wms-1", 1, NOW, "expected every 3600 s"))));
        assertEquals(List.of("OPS-2008 erp"), of(vitals(new Signal(Signal.PREPARED, "", 1, NOW, "gid"))));
        assertEquals(
                List.of("OPS-2003 order", "OPS-2006 q.dead", "OPS-2007 q", "OPS-2009 doors"),
                of(new Vitals(
                        NOW,
                        Map.of(),
                        Set.of("order"),
                        Map.of("q", 5L, "q.dead", 1L),
                        Set.of("q"),
                        new Vitals.Refusal("RUN-3007", "full"))));
        assertEquals(
                List.of("OPS-2010 doors"),
                of(new Vitals(NOW, Map.of(), Set.of(), Map.of(), Set.of(), new Vitals.Refusal("RUN-5002", "fenced"))));
    }

    @Test
    void ordersThatStandTooLongAreAnAlarmWithTheirNames() {
        assertEquals(
                List.of("OPS-2020 acme/shop-eu"),
                of(vitals(new Signal(Signal.NEARLY_LATE_ORDERS, "acme/shop-eu", 2, NOW, "O1 sourcing, O2 posting"))));
        Judgement.Finding late = Judgement.of(
                        vitals(new Signal(Signal.LATE_ORDERS, "acme/shop-eu", 2, NOW, "O1 sourcing, O2 posting")))
                .get(0);
        assertEquals(Alarm.ORDERS_LATE, late.alarm());
        assertTrue(late.detail().contains("O1 sourcing, O2 posting"), late::detail);
    }

    @Test
    void whatLeftTooMuchOrTooEarlyIsAnAlarm() {
        assertEquals(
                List.of("OPS-2031 acme/shop-eu"),
                of(vitals(new Signal(Signal.OVER_SHIPPED, "acme/shop-eu", 1, NOW, "O1 S-1"))));
        assertEquals(
                List.of("OPS-2032 acme/shop-eu"),
                of(vitals(new Signal(Signal.SHIPPED_UNACKNOWLEDGED, "acme/shop-eu", 1, NOW, "O1 S-1"))));
    }

    @Test
    void eachReasonToRefuseOrdersHasItsAlarm() {
        assertEquals(
                List.of("OPS-2013 doors"),
                of(new Vitals(NOW, Map.of(), Set.of(), Map.of(), Set.of(), new Vitals.Refusal("RUN-3008", "shed"))));
    }

    @Test
    void aCaseIsAnAlarmWhenNobodyCuresItAtOnce() {
        assertEquals(List.of(), of(vitals(new Signal(Signal.PARKED, "", 2, NOW.minusSeconds(29), ""))));
        assertEquals(List.of("OPS-2005 erp"), of(vitals(new Signal(Signal.PARKED, "", 2, NOW.minusSeconds(31), ""))));
    }

    @Test
    void stockThatAChannelHasNotBeenToldForLongIsAnAlarm() {
        assertEquals(List.of(), of(vitals(new Signal(Signal.STOCK_DUE, "shop", 9, NOW.minusSeconds(899), ""))));
        assertEquals(
                List.of("OPS-2017 shop"),
                of(vitals(new Signal(Signal.STOCK_DUE, "shop", 9, NOW.minusSeconds(901), "answered 503"))));
        assertEquals(List.of(), of(vitals(new Signal(Signal.STOCK_DUE, "shop", 0, null, ""))));
        assertEquals(List.of(), of(vitals(new Signal(Signal.STOCK_UNMAPPED, "shop", 5, NOW.minusSeconds(9_000), ""))));
    }

    @Test
    void shipmentsThatAChannelHasNotBeenToldOfForLongAreAnAlarm() {
        assertEquals(List.of(), of(vitals(new Signal(Signal.SHIPMENTS_DUE, "shop", 3, NOW.minusSeconds(899), ""))));
        assertEquals(
                List.of("OPS-2019 shop"),
                of(vitals(new Signal(Signal.SHIPMENTS_DUE, "shop", 3, NOW.minusSeconds(901), "answered 503"))));
        assertEquals(List.of(), of(vitals(new Signal(Signal.SHIPMENTS_DUE, "shop", 0, null, ""))));
    }

    @Test
    void mastersThatCannotBeLookedAtAreAnAlarm() {
        assertEquals(List.of(), of(vitals(new Signal(Signal.MASTERS_OLD, "idempiere item", 0, NOW, ""))));
        assertEquals(
                List.of("OPS-2018 idempiere item"),
                of(vitals(new Signal(Signal.MASTERS_OLD, "idempiere item", 1, NOW.minusSeconds(901), ""))));
    }

    @Test
    void alarmsLeadToTheirRunbook() {
        assertEquals("docs/runbooks/alarms/OPS-2004.md", Alarm.of("OPS-2004").runbook());
    }

    @Test
    void figuresAreWrittenAsPrometheusReadsThem() {
        Exposition text = new Exposition();
        text.gauge("retail_queue_messages", "Messages on a queue");
        text.value(3, "queue", "a \"b\" \\ c\nd");
        text.value(4);
        assertEquals("""
                # HELP retail_queue_messages Messages on a queue
                # TYPE retail_queue_messages gauge
                retail_queue_messages{queue="a \\"b\\" \\\\ c\\nd"} 3
                retail_queue_messages 4
                """, text.toString());
    }
}
