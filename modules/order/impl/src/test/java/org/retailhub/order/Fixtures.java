package org.retailhub.order;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.retailhub.masterdata.api.ProductView;
import org.retailhub.masterdata.api.Products;
import org.retailhub.order.canonical.OrderCheck;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.domain.Placement;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.RuntimeError;

/** Situations that tests begin with. */
final class Fixtures {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final String TRACE = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";

    private Fixtures() {}

    /** One piece of a SKU at a price in euros, no tax. */
    static OrderDocument order(String channelOrderId, String sku, String price) {
        return OrderCheck.parse(
                """
                {"channel":"shop-eu","channelOrderId":"%s","placedAt":"2026-11-23T10:00:00+01:00","currency":"EUR",
                 "lines":[{"lineId":"1","sku":"%s","quantity":1,"unitPrice":"%s"}],
                 "totals":{"goods":"%s","grand":"%s"}}""".formatted(channelOrderId, sku, price, price, price).getBytes(StandardCharsets.UTF_8), NOON);
    }

    static OrderDocument testOrder(String channelOrderId) {
        OrderDocument order = order(channelOrderId, "MUG", "5.00");
        return new OrderDocument(
                order.channel(),
                order.channelOrderId(),
                order.placedAt(),
                order.currency(),
                true,
                null,
                null,
                order.lines(),
                order.charges(),
                order.totals(),
                null,
                null,
                null);
    }

    static Placement placement(String tenant, OrderDocument order) {
        return Placement.of(tenant, order, Optional.empty(), TRACE);
    }

    static Placement placement(String tenant, OrderDocument order, String idempotencyKey) {
        return Placement.of(tenant, order, Optional.of(idempotencyKey), TRACE);
    }

    /** Master data that knows these, of any tenant; the set may grow. */
    static Products knowing(Set<String> skus) {
        return (tenant, asked) -> asked.stream()
                .filter(sku -> skus.contains(sku.value()))
                .collect(Collectors.toMap(
                        sku -> sku, sku -> new ProductView(sku, java.util.List.of(), "E-" + sku.value(), "", true)));
    }

    static Products notAnswering() {
        return new Products() {
            @Override
            public Map<Sku, ProductView> bySku(String tenant, Set<Sku> skus) {
                throw new RetailException(RuntimeError.DATABASE_DOWN, "for a test");
            }
        };
    }
}
