package org.retailhub.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.retailhub.simulator.shopify.ShopifyShop;
import org.retailhub.trade.HubClient;
import org.retailhub.trade.Installation;

/** A Shopify connection of the bench's own; may be opened any number of times. */
final class ShopConnection implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CODE = "bench-shop";
    private static final String ACCOUNT = CODE + ".myshopify.com";

    private final Installation installation;
    private final String secret;
    private final ShopifyShop shop;

    ShopConnection(Installation installation) throws IOException {
        this.installation = installation;
        HubClient operator = new HubClient(installation.hub(), installation.secret("RETAIL_OPERATOR_KEY"));
        operator.post(
                        "/api/channel/v1/connections",
                        JSON.createObjectNode()
                                .put("code", CODE)
                                .put("tenant", BenchOrders.PARTNER)
                                .put("kind", "shopify")
                                .put("channel", BenchOrders.CHANNEL)
                                .put("account", ACCOUNT))
                .expect(200, 201);
        Path kept = installation.home().resolve("keys").resolve(CODE);
        if (Files.exists(kept)) {
            secret = Files.readString(kept).strip();
        } else {
            secret = "shpss_" + UUID.randomUUID();
            ObjectNode wanted =
                    JSON.createObjectNode().put("purpose", "signature").put("secret", secret);
            operator.post("/api/channel/v1/connections/" + CODE + "/secrets", wanted)
                    .expect(200, 201);
            Files.createFile(kept, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(kept, secret + "\n");
        }
        shop = new ShopifyShop(URI.create(installation.hub() + path()), ACCOUNT, secret, "not asked", 1);
    }

    private static String path() {
        return "/api/channel/v1/" + CODE + "/webhooks";
    }

    /** @param numbers what each order's number begins with */
    Requests webhooks(String numbers) {
        return new Webhooks(
                "127.0.0.1:" + installation.httpPort(), path(), ACCOUNT, secret, BenchOrders.shopOrders(shop, numbers));
    }

    @Override
    public void close() {
        shop.close();
    }
}
