package org.retailhub.order.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
                                "changed, then cancelled by the channel after the document",
                                OrderStatus.POSTING,
                                OrderStatus.CANCELLATION_AWAITS_ERP,
                                Happening.ACKNOWLEDGED,
                                Happening.LATE_CHANGE,
                                Happening.LATE_CHANGE,
                                Happening.LATE_CANCEL),
                        new Story(
                                "mapped later",
                                OrderStatus.AWAITING_MAPPING,
                                OrderStatus.POSTED,
                                Happening.MAPPED,
                                Happening.ACKNOWLEDGED),
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

    @Test
    void leavesADocumentOfTheErpAlone() {
        for (OrderStatus status :
                List.of(OrderStatus.POSTED, OrderStatus.CHANGE_AWAITS_ERP, OrderStatus.CANCELLATION_AWAITS_ERP)) {
            for (Happening late : List.of(Happening.CHANGE, Happening.CANCEL, Happening.MAPPED, Happening.WITHDRAWN)) {
                assertEquals(Optional.empty(), OrderLife.after(status, late), status + " " + late);
            }
        }
    }

    @Test
    void nothingHappensToACancelledOrder() {
        for (Happening any : Happening.values()) {
            assertEquals(Optional.empty(), OrderLife.after(OrderStatus.CANCELLED, any));
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
