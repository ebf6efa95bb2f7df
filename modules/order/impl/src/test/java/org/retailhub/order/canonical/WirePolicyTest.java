package org.retailhub.order.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

class WirePolicyTest {
    private static FulfilmentPolicy policy(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), WirePolicy.class)
                .checked(3, "shop-eu");
    }

    @Test
    void whatIsLeftOutIsAsWithoutAPolicy() {
        FulfilmentPolicy none = FulfilmentPolicy.NONE;
        FulfilmentPolicy empty = policy("{}");
        assertEquals(WirePolicy.of(none), WirePolicy.of(empty));
        assertEquals(3, empty.version());
    }

    @Test
    void isReadAsItWasWritten() {
        FulfilmentPolicy policy = policy(WirePolicy.EXAMPLE);

        assertEquals(policy, WirePolicy.read(WirePolicy.write(policy), 3, "shop-eu"));
        assertEquals(List.of("berlin-1", "hamburg-2"), policy.locations());
        assertEquals(
                Map.of(OrderStatus.SOURCING, Duration.ofMinutes(5), OrderStatus.BACKORDERED, Duration.ofDays(14)),
                policy.allowed());
    }

    @Test
    void namesEachFault() {
        RetailException refused = assertThrows(RetailException.class, () -> policy("""
                        {"mode":"maybe","onShortage":"wait","postWhen":"later","locations":["ok","no space"],"holdFor":"P401D",
                         "attempts":21,"allowed":{"posted":"PT1H","nowhere":"PT1H","posting":"soon","sourcing":null}}"""));

        assertEquals(OrderError.INVALID_POLICY, refused.code());
        assertEquals(
                List.of(
                        "mode",
                        "onShortage",
                        "postWhen",
                        "locations[1]",
                        "holdFor",
                        "attempts",
                        "allowed.nowhere",
                        "allowed.posted",
                        "allowed.posting",
                        "allowed.sourcing"),
                refused.violations().stream()
                        .map(RetailException.Violation::field)
                        .toList());
    }
}
