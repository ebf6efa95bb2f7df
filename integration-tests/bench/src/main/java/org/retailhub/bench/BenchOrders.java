package org.retailhub.bench;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.retailhub.simulator.shopify.ShopifyShop;
import org.retailhub.trade.Masters;
import org.retailhub.trade.SalesOrder;

/** What is sold in a run: orders of three lines. One in a hundred of the sick ones has an item that the ERP does not know. */
final class BenchOrders {
    static final int LINES = 3;
    static final String CHANNEL = "bench";
    static final String ERP_PARTNER = "BENCH";
    static final String PARTNER = "bench";
    private static final int PRODUCTS = 1_000;
    private static final int TEMPLATES = 100;
    private static final String SICK = "BENCH-SICK";

    private BenchOrders() {}

    static List<Masters.Product> products() {
        List<Masters.Product> products = new ArrayList<>();
        for (int i = 0; i < PRODUCTS; i++) {
            products.add(new Masters.Product(sku(i), sku(i), "Article " + i, null));
        }
        return products;
    }

    /** The hub knows it; the ERP does not. */
    static Masters.Product sickProduct() {
        return new Masters.Product(SICK, SICK, "Not in the ERP", null);
    }

    static Masters.Place place() {
        return new Masters.Place("1 Test Street", "Kassel", "34117", "DE");
    }

    static List<String> skus() {
        return products().stream().map(Masters.Product::sku).toList();
    }

    private static String sku(int i) {
        return String.format("BENCH-%04d", i);
    }

    /**
     * The same trade as a shop's own JSON.
     *
     * @param run begins each number: nine digits, so that runs do not meet
     */
    static List<String> shopOrders(ShopifyShop shop, String run) {
        Random random = new Random(4711);
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < TEMPLATES; i++) {
            ShopifyShop.Line[] lines = new ShopifyShop.Line[LINES];
            for (int j = 0; j < LINES; j++) {
                BigDecimal price = BigDecimal.valueOf(199 + random.nextInt(20_000), 2);
                lines[j] = new ShopifyShop.Line(sku(random.nextInt(PRODUCTS)), 1 + random.nextInt(3), price);
            }
            long id = shop.place(lines);
            orders.add(shop.order(id).toString().replace(Long.toString(id), run + OrderTemplates.PLACE));
        }
        return orders;
    }

    /** @param run begins each number, so that runs do not meet */
    static List<String> bodies(String channel, String run, boolean oneSick) {
        Random random = new Random(4711);
        OffsetDateTime now = OffsetDateTime.now().withNano(0);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < TEMPLATES; i++) {
            List<SalesOrder.Line> lines = new ArrayList<>();
            for (int j = 0; j < LINES; j++) {
                boolean sick = oneSick && i == TEMPLATES / 2 && j == 1;
                BigDecimal price = BigDecimal.valueOf(199 + random.nextInt(20_000), 2);
                lines.add(new SalesOrder.Line(
                        sick ? SICK : sku(random.nextInt(PRODUCTS)),
                        "Article",
                        BigDecimal.valueOf(1 + random.nextInt(3)),
                        price,
                        new BigDecimal("0.00"),
                        new BigDecimal("0.00")));
            }
            Masters.Place place = place();
            bodies.add(new SalesOrder(
                            channel,
                            run + OrderTemplates.PLACE,
                            now,
                            "EUR",
                            new SalesOrder.Buyer("C" + i, "buyer" + i + "@example.org", "Buyer " + i),
                            new SalesOrder.Address(
                                    "Buyer " + i, place.line1(), place.city(), place.postalCode(), place.country()),
                            lines,
                            List.of(),
                            new BigDecimal("0.00"),
                            new BigDecimal("0.00"))
                    .toJson()
                    .put("placedAt", OrderTemplates.TIME)
                    .toString());
        }
        return bodies;
    }
}
