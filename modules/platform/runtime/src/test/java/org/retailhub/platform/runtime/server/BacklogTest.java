package org.retailhub.platform.runtime.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.TryLater;

/** What is less urgent is refused first, orders last; by a clock and queues that are set by hand. */
class BacklogTest {
    private long now = 7;
    private long waiting;
    private int looks;
    private final Backlog backlog = new Backlog(
            () -> {
                looks++;
                return waiting;
            },
            () -> now);

    @BeforeEach
    void limit() {
        System.setProperty(Backlog.LIMIT_PROPERTY, "1000");
    }

    @AfterEach
    void forgetTheLimit() {
        System.clearProperty(Backlog.LIMIT_PROPERTY);
    }

    @Test
    void shutsTheLanesOneAfterTheOtherOrdersLast() {
        assertEquals(List.of(), shutAt(500));
        assertEquals(List.of(Lane.CATALOGUE), shutAt(501));
        assertEquals(List.of(Lane.PRICE, Lane.CATALOGUE), shutAt(651));
        assertEquals(List.of(Lane.STOCK, Lane.PRICE, Lane.CATALOGUE), shutAt(801));
        assertEquals(List.of(Lane.values()), shutAt(1_001));
    }

    @Test
    void opensALaneATenthBelowItsLimitSoThatItDoesNotFlap() {
        shutAt(1_001);
        assertEquals(List.of(Lane.values()), shutAt(901));
        assertEquals(List.of(Lane.STOCK, Lane.PRICE, Lane.CATALOGUE), shutAt(900));
        assertEquals(List.of(Lane.CATALOGUE), shutAt(460));
        assertEquals(List.of(), shutAt(450));
    }

    @Test
    void saysWhenToComeBackByThePaceAtWhichItShrinks() {
        shutAt(3_000);
        assertEquals(60, refusal(Lane.ORDER).seconds(), "it does not shrink");
        for (int second = 1; second <= 30; second++) {
            shutAt(3_000 - 50 * second);
        }
        long seconds = refusal(Lane.ORDER).seconds();
        assertTrue(seconds >= 12 && seconds <= 13, "600 too many, 50 a second: " + seconds);
        shutAt(901);
        assertEquals(2, refusal(Lane.ORDER).seconds());
    }

    @Test
    void isASafeToRepeatProblemThatNamesLaneAndLimit() {
        shutAt(700);
        TryLater refusal = refusal(Lane.CATALOGUE);
        assertEquals(RuntimeError.SHED, refusal.code());
        assertEquals(503, refusal.kind().httpStatus());
        assertEquals("700 messages wait; the lane catalogue is shut above 500", refusal.detail());
    }

    @Test
    void countsTheQueuesOnceASecondAtMost() {
        for (int call = 0; call < 1_000; call++) {
            backlog.admit(Lane.ORDER);
            now += 2_000_000;
        }
        assertTrue(looks <= 2, looks + " looks in two seconds");
    }

    @Test
    void countsLessOftenFarFromEachLimitAndOnceASecondNearOne() {
        System.setProperty(Backlog.LIMIT_PROPERTY, "1000000");
        shutAt(0);
        looks = 0;
        assertEquals(List.of(), shutAt(0), "catalogue is shut above 500,000: no door fills that within 10 s");
        assertEquals(0, looks);
        now += 9_000_000_000L;
        shutAt(440_000);
        assertEquals(1, looks);
        now += 1_000_000_000L;
        shutAt(500_001);
        assertEquals(1, looks, "60,000 below it: three seconds");
        assertEquals(List.of(Lane.CATALOGUE), shutAt(500_001));
        now += 1_000_000_000L;
        assertEquals(List.of(), shutAt(450_000), "and above where it opens again");
    }

    @Test
    void looksAtOnceWhenSomebodyHasChangedTheLimit() {
        System.setProperty(Backlog.LIMIT_PROPERTY, "1000000");
        shutAt(2_000);
        System.setProperty(Backlog.LIMIT_PROPERTY, "1000");
        now -= 1_000_000_000;
        assertEquals(List.of(Lane.values()), shutAt(2_000));
    }

    @Test
    void brokerThatDoesNotSayShutsNothingAndOpensNothing() {
        shutAt(700);
        assertEquals(List.of(Lane.PRICE, Lane.CATALOGUE), shutAt(-1));
        shutAt(10);
        assertEquals(List.of(), shutAt(-1));
        assertDoesNotThrow(() -> backlog.admit(Lane.CATALOGUE));
    }

    private List<Lane> shutAt(long messages) {
        waiting = messages;
        now += 1_000_000_000;
        return Stream.of(Lane.values()).filter(this::isShut).toList();
    }

    private boolean isShut(Lane lane) {
        try {
            backlog.admit(lane);
            return false;
        } catch (RetailException refused) {
            return true;
        }
    }

    private TryLater refusal(Lane lane) {
        return assertThrows(TryLater.class, () -> backlog.admit(lane), Arrays.toString(Lane.values()));
    }
}
