package org.retailhub.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.retailhub.server.Books.Expected;
import org.retailhub.simulator.shopify.ShopifyShop;

/**
 * A shop that tells the hub of its orders by signed webhooks, and again until they are answered with 200; or not at all, until
 * the hub asks.
 */
final class WebhookShop {
    private static final String SECRET = "shpss_of_the_test_0123456789abcdef";
    private static final String TOKEN = "shpat_of_the_test_0123456789abcdef";
    private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;
    private final String code;
    private final ShopifyShop shop;

    /** @param code of the connection, which is made here */
    WebhookShop(World world, String tenant, String code) {
        this.world = world;
        this.code = code;
        String account = code + ".myshopify.com";
        try {
            shop = new ShopifyShop(
                    URI.create(JudgedDoor.of(world.hub()).url() + "/api/channel/v1/" + code + "/webhooks"),
                    account,
                    SECRET,
                    TOKEN,
                    42);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        World.require(world.operator()
                .post(
                        "/api/channel/v1/connections",
                        JSON.createObjectNode()
                                .put("code", code)
                                .put("tenant", tenant)
                                .put("kind", "shopify")
                                .put("channel", World.CHANNEL)
                                .put("account", account)
                                .put("apiUrl", shop.url())
                                .toString()));
        enterSecretsAnew();
    }

    /** What the hub keeps sealed of this shop. */
    void enterSecretsAnew() {
        keep("signature", SECRET);
        keep("api", TOKEN);
    }

    private void keep(String purpose, String secret) {
        World.require(world.operator()
                .post(
                        "/api/channel/v1/connections/" + code + "/secrets",
                        JSON.createObjectNode()
                                .put("purpose", purpose)
                                .put("secret", secret)
                                .toString()));
    }

    /** One order with one line, to which the buyer adds another at once; told by two webhooks. */
    synchronized Expected sell(Duration patience) {
        Order.Line first = new Order.Line(World.sku(1), 2, new BigDecimal("12.30"));
        Order.Line second = new Order.Line(World.sku(2), 1, new BigDecimal("4.05"));
        long id = shop.place(line(first));
        deliver(patience);
        shop.add(id, line(second));
        deliver(patience);
        String number = Long.toString(id);
        Probe.until(
                "the change of " + number,
                patience,
                () -> order(number).path("revision").asInt() == 2,
                () -> order(number) + "; " + world.hub().books().openCases() + "; "
                        + world.hub().lastLines());
        return Expected.document(
                order(number).path("orderId").asText(), Order.withoutShipping(World.CHANNEL, number, first, second));
    }

    /** One order of which no webhook comes; the hub is told to ask, and told again if that is forgotten. */
    synchronized Expected sellUnheard(Duration patience) {
        Order.Line line = new Order.Line(World.sku(3), 1, new BigDecimal("7.15"));
        shop.network(new ShopifyShop.Network(100, 0, 0, false));
        long id = shop.place(line(line));
        shop.deliver();
        shop.network(ShopifyShop.Network.GOOD);
        String number = Long.toString(id);
        String since = JSON.createObjectNode()
                .put("since", shop.order(id).path("created_at").asText())
                .toString();
        long end = System.nanoTime() + patience.toNanos();
        do {
            World.require(world.operator().post("/api/channel/v1/connections/" + code + "/sweeps", since));
        } while (!Probe.happens(ASKED_AGAIN_AFTER, () -> !order(number).isMissingNode())
                && System.nanoTime() - end < 0);
        if (order(number).isMissingNode()) {
            throw new AssertionError(
                    "no sweep found " + number + "; " + world.hub().lastLines());
        }
        return Expected.document(
                order(number).path("orderId").asText(), Order.withoutShipping(World.CHANNEL, number, line));
    }

    ShopifyShop shop() {
        return shop;
    }

    static ShopifyShop.Line line(int sku, int quantity, String price) {
        return line(new Order.Line(World.sku(sku), quantity, new BigDecimal(price)));
    }

    private static ShopifyShop.Line line(Order.Line line) {
        return new ShopifyShop.Line(line.sku(), line.quantity(), line.price());
    }

    private void deliver(Duration patience) {
        Probe.until(
                "webhooks taken",
                patience,
                () -> {
                    shop.deliver();
                    return shop.waiting() == 0;
                },
                shop::waiting);
    }

    private JsonNode order(String number) {
        return world.shop()
                .get(Shop.ORDERS + "?channelOrderId=" + number)
                .body()
                .path("orders")
                .path(0);
    }
}
