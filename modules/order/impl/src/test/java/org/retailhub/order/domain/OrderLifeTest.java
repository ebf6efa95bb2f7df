package org.retailhub.order.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.domain.OrderLife.Happening;

class OrderLifeTest {
    private record Story(String name, OrderStatus start, OrderStatus end, Happening... happenings) {}

    @TestFactory
    List<DynamicTest> tellsEachStoryToItsEnd() {
        return List.of(
                        new Story("posted", OrderStatus.POSTING, OrderStatus.POSTED, Happening.ACKNOWLEDGED),
                        new Story(
                                "changed, then cancelled by the channel after the document, where a person has to follow",
                                OrderStatus.POSTING,
                                OrderStatus.CANCELLATION_AWAITS_ERP,
                                Happening.ACKNOWLEDGED,
                                Happening.CHANGE,
                                Happening.AMENDMENT_REFUSED,
                                Happening.LATE_CHANGE,
                                Happening.LATE_CHANGE,
                                Happening.LATE_CANCEL),
                        new Story(
                                "changed after the document",
                                OrderStatus.POSTING,
                                OrderStatus.POSTED,
                                Happening.ACKNOWLEDGED,
                                Happening.CHANGE,
                                Happening.REJECTED,
                                Happening.ACKNOWLEDGED),
                        new Story(
                                "cancelled after the document",
                                OrderStatus.POSTING,
                                OrderStatus.CANCELLED,
                                Happening.ACKNOWLEDGED,
                                Happening.CANCEL,
                                Happening.REJECTED,
                                Happening.WITHDRAWN),
                        new Story(
                                "changed while the ERP made its document",
                                OrderStatus.POSTING,
                                OrderStatus.CHANGING,
                                Happening.CHANGE,
                                Happening.EARLIER_ACKNOWLEDGED),
                        new Story(
                                "cancelled while the ERP made its document",
                                OrderStatus.POSTING,
                                OrderStatus.CANCELLED,
                                Happening.CHANGE,
                                Happening.CANCEL,
                                Happening.EARLIER_ACKNOWLEDGED,
                                Happening.EARLIER_ACKNOWLEDGED,
                                Happening.WITHDRAWN),
                        new Story(
                                "mapped later",
                                OrderStatus.AWAITING_MAPPING,
                                OrderStatus.POSTED,
                                Happening.MAPPED,
                                Happening.ACKNOWLEDGED),
                        new Story(
                                "its stock held, then posted",
                                OrderStatus.SOURCING,
                                OrderStatus.POSTED,
                                Happening.ASKED,
                                Happening.HELD,
                                Happening.ACKNOWLEDGED),
                        new Story(
                                "a race lost, found elsewhere",
                                OrderStatus.SOURCING,
                                OrderStatus.POSTING,
                                Happening.ASKED,
                                Happening.NOT_HELD,
                                Happening.ASKED,
                                Happening.HELD),
                        new Story(
                                "backordered in part until the rest came",
                                OrderStatus.SOURCING,
                                OrderStatus.POSTING,
                                Happening.ASKED,
                                Happening.HELD_IN_PART,
                                Happening.ASKED,
                                Happening.HELD),
                        new Story(
                                "refused, there was nothing",
                                OrderStatus.SOURCING,
                                OrderStatus.REFUSED,
                                Happening.TURNED_DOWN),
                        new Story(
                                "rejected, corrected in the ERP",
                                OrderStatus.POSTING,
                                OrderStatus.POSTED,
                                Happening.REJECTED,
                                Happening.REJECTED,
                                Happening.ACKNOWLEDGED),
                        new Story(
                                "rejected, cured by a change",
                                OrderStatus.POSTING,
                                OrderStatus.POSTED,
                                Happening.REJECTED,
                                Happening.CHANGE,
                                Happening.ACKNOWLEDGED),
                        new Story(
                                "changed in time",
                                OrderStatus.POSTING,
                                OrderStatus.POSTED,
                                Happening.CHANGE,
                                Happening.ACKNOWLEDGED),
                        new Story(
                                "changed too late, the document came first",
                                OrderStatus.POSTING,
                                OrderStatus.CHANGE_AWAITS_ERP,
                                Happening.CHANGE,
                                Happening.ACKNOWLEDGED,
                                Happening.AMENDMENT_REFUSED),
                        new Story(
                                "changed too late, the refusal came first",
                                OrderStatus.POSTING,
                                OrderStatus.CHANGE_AWAITS_ERP,
                                Happening.CHANGE,
                                Happening.AMENDMENT_REFUSED,
                                Happening.ACKNOWLEDGED),
                        new Story(
                                "two changes, both too late",
                                OrderStatus.POSTING,
                                OrderStatus.CHANGE_AWAITS_ERP,
                                Happening.CHANGE,
                                Happening.CHANGE,
                                Happening.ACKNOWLEDGED,
                                Happening.AMENDMENT_REFUSED,
                                Happening.AMENDMENT_REFUSED),
                        new Story(
                                "rejection of the document before the change",
                                OrderStatus.POSTING,
                                OrderStatus.POSTED,
                                Happening.CHANGE,
                                Happening.REJECTED,
                                Happening.ACKNOWLEDGED),
                        new Story(
                                "cancelled in time",
                                OrderStatus.POSTING,
                                OrderStatus.CANCELLED,
                                Happening.CANCEL,
                                Happening.WITHDRAWN),
                        new Story(
                                "cancelled too late",
                                OrderStatus.POSTING,
                                OrderStatus.CANCELLATION_AWAITS_ERP,
                                Happening.CANCEL,
                                Happening.ACKNOWLEDGED,
                                Happening.WITHDRAWAL_REFUSED),
                        new Story(
                                "cancelled too late, the refusal came first",
                                OrderStatus.POSTING,
                                OrderStatus.CANCELLATION_AWAITS_ERP,
                                Happening.CANCEL,
                                Happening.WITHDRAWAL_REFUSED,
                                Happening.ACKNOWLEDGED),
                        new Story(
                                "changed, then cancelled, both too late",
                                OrderStatus.POSTING,
                                OrderStatus.CANCELLATION_AWAITS_ERP,
                                Happening.CHANGE,
                                Happening.CANCEL,
                                Happening.ACKNOWLEDGED,
                                Happening.AMENDMENT_REFUSED,
                                Happening.WITHDRAWAL_REFUSED),
                        new Story(
                                "shipped in two parts",
                                OrderStatus.POSTED,
                                OrderStatus.CLOSED,
                                Happening.SHIPPED_IN_PART,
                                Happening.SHIPMENTS_TAKEN,
                                Happening.SHIPPED_WHOLE,
                                Happening.SHIPMENTS_TAKEN),
                        new Story(
                                "shipped before the ERP acknowledged it",
                                OrderStatus.POSTING,
                                OrderStatus.SHIPPED,
                                Happening.SHIPPED_WHOLE,
                                Happening.ACKNOWLEDGED,
                                Happening.SHIPPED_WHOLE),
                        new Story(
                                "one more left after all seemed done",
                                OrderStatus.CLOSED,
                                OrderStatus.CLOSED,
                                Happening.SHIPPED_WHOLE,
                                Happening.SHIPMENTS_TAKEN),
                        new Story(
                                "cancelled by the channel when some had left",
                                OrderStatus.PARTIALLY_SHIPPED,
                                OrderStatus.CANCELLATION_AWAITS_ERP,
                                Happening.LATE_CANCEL,
                                Happening.SHIPPED_WHOLE,
                                Happening.SHIPMENTS_TAKEN),
                        new Story(
                                "cancelled before anything went out",
                                OrderStatus.AWAITING_MAPPING,
                                OrderStatus.CANCELLED,
                                Happening.CHANGE,
                                Happening.CANCEL))
                .stream()
                .map(story -> DynamicTest.dynamicTest(story.name(), () -> {
                    OrderStatus status = story.start();
                    for (Happening happening : story.happenings()) {
                        OrderStatus before = status;
                        status = OrderLife.after(status, happening)
                                .orElseThrow(() -> new AssertionError(happening + " in " + before));
                    }
                    assertEquals(story.end(), status);
                }))
                .toList();
    }

    /** The whole table once more, state by state; what is not here is refused. */
    private static final String TABLE = """
            awaiting-mapping        | MAPPED posting, SOURCE sourcing, CHANGE awaiting-mapping, CANCEL cancelled, SHIPPED_IN_PART awaiting-mapping, SHIPPED_WHOLE awaiting-mapping
            sourcing                | ASKED reserving, SHORT backordered, TURNED_DOWN refused, NOTHING_TO_HOLD posting, CHANGE awaiting-mapping, CANCEL cancelled, SHIPPED_IN_PART sourcing, SHIPPED_WHOLE sourcing
            reserving               | HELD posting, HELD_IN_PART backordered, NOT_HELD sourcing, CHANGE awaiting-mapping, CANCEL cancelled, SHIPPED_IN_PART reserving, SHIPPED_WHOLE reserving
            backordered             | ASKED reserving, NOT_HELD sourcing, TURNED_DOWN refused, NOTHING_TO_HOLD posting, CHANGE awaiting-mapping, CANCEL cancelled, SHIPPED_IN_PART backordered, SHIPPED_WHOLE backordered
            posting                 | CHANGE changing, CANCEL cancelling, ACKNOWLEDGED posted, REJECTED erp-rejected, SHIPPED_IN_PART posting, SHIPPED_WHOLE posting
            changing                | CHANGE changing, CANCEL cancelling, ACKNOWLEDGED posted, REJECTED erp-rejected, AMENDMENT_REFUSED change-awaits-erp, SHIPPED_IN_PART changing, SHIPPED_WHOLE changing, EARLIER_ACKNOWLEDGED changing
            cancelling              | ACKNOWLEDGED cancelling, REJECTED cancelling, AMENDMENT_REFUSED cancelling, WITHDRAWN cancelled, WITHDRAWAL_REFUSED cancellation-awaits-erp, EARLIER_ACKNOWLEDGED cancelling
            erp-rejected            | CHANGE changing, CANCEL cancelling, ACKNOWLEDGED posted, REJECTED erp-rejected, AMENDMENT_REFUSED change-awaits-erp, SHIPPED_IN_PART erp-rejected, SHIPPED_WHOLE erp-rejected, EARLIER_ACKNOWLEDGED changing
            posted                  | AMENDMENT_REFUSED change-awaits-erp, SHIPPED_IN_PART partially-shipped, SHIPPED_WHOLE shipped, CHANGE changing, CANCEL cancelling
            partially-shipped       | AMENDMENT_REFUSED change-awaits-erp, LATE_CHANGE change-awaits-erp, LATE_CANCEL cancellation-awaits-erp, SHIPPED_IN_PART partially-shipped, SHIPPED_WHOLE shipped, SHIPMENTS_TAKEN partially-shipped
            shipped                 | AMENDMENT_REFUSED change-awaits-erp, LATE_CHANGE change-awaits-erp, LATE_CANCEL cancellation-awaits-erp, SHIPPED_WHOLE shipped, SHIPMENTS_TAKEN closed
            closed                  | AMENDMENT_REFUSED change-awaits-erp, LATE_CHANGE change-awaits-erp, LATE_CANCEL cancellation-awaits-erp, SHIPPED_WHOLE shipped, SHIPMENTS_TAKEN closed
            change-awaits-erp       | ACKNOWLEDGED change-awaits-erp, AMENDMENT_REFUSED change-awaits-erp, LATE_CHANGE change-awaits-erp, LATE_CANCEL cancellation-awaits-erp, SHIPPED_IN_PART change-awaits-erp, SHIPPED_WHOLE change-awaits-erp, SHIPMENTS_TAKEN change-awaits-erp, EARLIER_ACKNOWLEDGED change-awaits-erp
            cancellation-awaits-erp | ACKNOWLEDGED cancellation-awaits-erp, AMENDMENT_REFUSED cancellation-awaits-erp, SHIPPED_IN_PART cancellation-awaits-erp, SHIPPED_WHOLE cancellation-awaits-erp, SHIPMENTS_TAKEN cancellation-awaits-erp, EARLIER_ACKNOWLEDGED cancellation-awaits-erp
            cancelled               |
            refused                 |
            not-for-erp             | CHANGE not-for-erp, CANCEL cancelled
            """;

    @TestFactory
    List<DynamicTest> nothingElseHappensInAnyState() {
        Map<String, Map<String, String>> expected = new TreeMap<>();
        TABLE.lines().forEach(line -> {
            String[] parts = line.split("\\|");
            Map<String, String> ways = new TreeMap<>();
            if (parts.length > 1 && !parts[1].isBlank()) {
                for (String way : parts[1].strip().split(", ")) {
                    ways.put(way.split(" ")[0], way.split(" ")[1]);
                }
            }
            expected.put(parts[0].strip(), ways);
        });
        List<DynamicTest> tests = new ArrayList<>();
        for (OrderStatus status : OrderStatus.values()) {
            for (Happening happening : Happening.values()) {
                tests.add(DynamicTest.dynamicTest(
                        happening + " while " + status.wire(),
                        () -> assertEquals(
                                Optional.ofNullable(expected.get(status.wire()).get(happening.name())),
                                OrderLife.after(status, happening).map(OrderStatus::wire))));
            }
        }
        assertEquals(OrderStatus.values().length * Happening.values().length, tests.size());
        return tests;
    }

    @Test
    void leavesToAPersonWhatIsAPersonsTask() {
        for (OrderStatus status : List.of(
                OrderStatus.PARTIALLY_SHIPPED,
                OrderStatus.SHIPPED,
                OrderStatus.CLOSED,
                OrderStatus.CHANGE_AWAITS_ERP,
                OrderStatus.CANCELLATION_AWAITS_ERP)) {
            assertTrue(OrderLife.isAcknowledged(status), status.wire());
            for (Happening late : List.of(Happening.CHANGE, Happening.CANCEL, Happening.MAPPED, Happening.WITHDRAWN)) {
                assertEquals(Optional.empty(), OrderLife.after(status, late), status + " " + late);
            }
        }
    }

    @Test
    void nothingHappensToAnOrderThatEnded() {
        for (Happening any : Happening.values()) {
            assertEquals(Optional.empty(), OrderLife.after(OrderStatus.CANCELLED, any));
            assertEquals(Optional.empty(), OrderLife.after(OrderStatus.REFUSED, any));
        }
    }

    @Test
    void nothingIsPostedTwice() {
        for (OrderStatus status : EnumSet.complementOf(EnumSet.of(OrderStatus.AWAITING_MAPPING))) {
            assertEquals(Optional.empty(), OrderLife.after(status, Happening.MAPPED));
        }
    }

    @Test
    void everyStatusIsReachedFromAPlacement() {
        Set<OrderStatus> reached = EnumSet.of(OrderStatus.AWAITING_MAPPING, OrderStatus.NOT_FOR_ERP);
        List<OrderStatus> open = new ArrayList<>(reached);
        while (!open.isEmpty()) {
            OrderStatus status = open.remove(0);
            for (Happening happening : Happening.values()) {
                OrderLife.after(status, happening).filter(reached::add).ifPresent(open::add);
            }
        }
        assertEquals(EnumSet.allOf(OrderStatus.class), reached);
    }

    @Test
    void saysWhoActsNextWhereverAnOrderWaits() {
        for (OrderStatus status : OrderStatus.values()) {
            assertEquals(status.waitsFor().isEmpty(), status.actsNext().isEmpty(), status.wire());
            assertEquals(status, OrderStatus.of(status.wire()));
        }
        assertTrue(OrderStatus.POSTED.waitsFor().isEmpty());
    }
}
