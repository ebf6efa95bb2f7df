package org.retailhub.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.retailhub.simulator.erp.Masters;

/** A tenant with a partner, a key, products and a sales account, all made by the public API, and an ERP that knows them. */
final class World {
    static final String CHANNEL = "shop-eu";
    private static final int PRODUCTS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static World shared;

    private final Hub hub;
    private final Shop operator;
    private final Shop shop;
    private final String tenant;
    private WebhookShop webhookShop;
    private Shop warehouse;

    private World(Hub hub, String tenant) {
        this.hub = hub;
        this.tenant = tenant;
        this.operator = new Shop(hub, hub.operatorKey());
        register("shop-of-" + tenant);
        this.shop = new Shop(
                hub,
                issueKey(
                        "production",
                        List.of(
                                "orders:read",
                                "orders:write",
                                "masterdata:read",
                                "masterdata:write",
                                "inventory:read",
                                "inventory:write",
                                "inventory:reserve",
                                "postings:read")));
        List<String> skus = IntStream.range(0, PRODUCTS).mapToObj(World::sku).toList();
        erpLearns(skus);
        hubLearns(skus);
        salesAccount();
    }

    /** The world of the shared hub. */
    static synchronized World shared() {
        Hub hub = Hub.shared();
        if (shared == null) {
            shared = new World(hub, "acme");
        }
        return shared;
    }

    static World on(Hub hub, String tenant) {
        return new World(hub, tenant);
    }

    static String sku(int n) {
        return "SKU-" + n % PRODUCTS;
    }

    Hub hub() {
        return hub;
    }

    Shop shop() {
        return shop;
    }

    Shop operator() {
        return operator;
    }

    /** The partner's warehouse: its key is for stock, and bound to no channel. */
    synchronized Shop warehouse() {
        if (warehouse == null) {
            warehouse = new Shop(
                    hub,
                    issueKey(
                            "warehouse",
                            List.of("inventory:read", "inventory:write", "inventory:reserve", "shipments:write"),
                            List.of()));
        }
        return warehouse;
    }

    /** Connected when it is first asked for. */
    synchronized WebhookShop webhookShop() {
        if (webhookShop == null) {
            webhookShop = new WebhookShop(this, tenant, "shop-of-" + tenant);
        }
        return webhookShop;
    }

    Hospital hospital() {
        return new Hospital(operator);
    }

    /** Master data learns products; orders that wait for them go on. */
    void hubLearns(Collection<String> skus) {
        if (skus.isEmpty()) {
            return;
        }
        ArrayNode items = JSON.createArrayNode();
        for (String sku : skus) {
            items.addObject()
                    .put("sku", sku)
                    .put("erpItem", ErpItems.of(sku))
                    .put("name", "Product " + sku)
                    .put("active", true)
                    .putArray("gtins");
        }
        require(shop.put("/api/masterdata/v1/products", items.toString()));
    }

    /** Without prices: a price of the ERP's own is never wanted. */
    void erpLearns(Collection<String> skus) {
        ArrayNode products = JSON.createArrayNode();
        for (String sku : skus) {
            products.addObject().put("value", ErpItems.of(sku)).put("name", "Product " + sku);
        }
        if (!products.isEmpty()) {
            hub.erp().masters(Masters.Kind.PRODUCTS, products.toString());
        }
    }

    private void register(String partner) {
        require(operator.post(
                "/api/partner/v1/partners",
                JSON.createObjectNode()
                        .put("code", partner)
                        .put("tenant", tenant)
                        .put("name", "Shop of " + tenant)
                        .toString()));
        // These tests measure the hub, not the quota; QuotaIT has partners of its own.
        String quotas = "/api/partner/v1/partners/" + partner + "/quotas";
        operator.get(quotas)
                .body()
                .path("items")
                .findValuesAsText("routeClass")
                .forEach(route ->
                        require(operator.put(quotas + "/" + route, "{\"requests\":1000000,\"windowSeconds\":10}")));
    }

    /** A further key of the partner, for its channel. */
    String issueKey(String name, List<String> scopes) {
        return issueKey(name, scopes, List.of(CHANNEL));
    }

    private String issueKey(String name, List<String> scopes, List<String> channels) {
        ObjectNode credential = JSON.createObjectNode().put("name", name);
        scopes.forEach(credential.putArray("scopes")::add);
        channels.forEach(credential.putArray("channels")::add);
        return require(operator.post(
                        "/api/partner/v1/partners/shop-of-" + tenant + "/credentials", credential.toString()))
                .text("key");
    }

    private void salesAccount() {
        String partner = "SHOP-" + tenant;
        hub.erp()
                .masters(
                        Masters.Kind.PARTNERS,
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode()
                                        .put("value", partner)
                                        .put("name", "Shop of " + tenant)
                                        .put("email", tenant + "@example.org")
                                        .put("address1", "1 High Street")
                                        .put("city", "Berlin")
                                        .put("postal", "10115")
                                        .put("country", "DE"))
                                .toString());
        require(shop.put(
                "/api/masterdata/v1/sales-accounts/" + CHANNEL,
                JSON.createObjectNode().put("erpPartner", partner).toString()));
    }

    static Shop.Answer require(Shop.Answer answer) {
        if (!answer.ok()) {
            throw new AssertionError("the hub answered " + answer);
        }
        return answer;
    }
}
