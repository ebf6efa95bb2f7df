package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.Lane;

/** Which webhooks wait first when not all can be taken in. */
class ShopifyLanesTest {
    private static final List<String> TOPICS = List.of(
            "orders/create",
            "orders/updated",
            "orders/delete",
            "refunds/create",
            "customers/redact",
            "customers/data_request",
            "shop/redact",
            "inventory_levels/update",
            "inventory_items/update",
            "products/update",
            "collections/create",
            "customers/update",
            "app/uninstalled",
            "orders",
            "");

    @Test
    void ordersAndWhatTheLawAsksForComeFirstWhatIsNotKnownLast() {
        ShopifyConnector connector = new ShopifyConnector();
        Map<Lane, List<String>> lanes = TOPICS.stream()
                .collect(Collectors.groupingBy(
                        connector::lane,
                        () -> new EnumMap<>(Lane.class),
                        Collectors.mapping(Function.identity(), Collectors.toList())));
        assertEquals(
                Map.of(
                        Lane.ORDER,
                        List.of(
                                "orders/create",
                                "orders/updated",
                                "orders/delete",
                                "refunds/create",
                                "customers/redact",
                                "customers/data_request",
                                "shop/redact"),
                        Lane.STOCK,
                        List.of("inventory_levels/update", "inventory_items/update"),
                        Lane.CATALOGUE,
                        List.of(
                                "products/update",
                                "collections/create",
                                "customers/update",
                                "app/uninstalled",
                                "orders",
                                "")),
                lanes);
    }
}
