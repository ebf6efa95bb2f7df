package org.retailhub.channel.shopify;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.retailhub.channel.contract.ConnectorContract;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Connector;
import org.retailhub.channel.domain.ShipmentTelling;
import org.retailhub.channel.domain.StockTelling;

class ShopifyContractTest implements ConnectorContract {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final String[] VANDALS = {
        "null",
        "true",
        "-1",
        "0",
        "1e999999999",
        "1.005",
        "99999999999999999999",
        "\"\"",
        "\"x\"",
        "\"-5.00\"",
        "\"0.00\"",
        "\"1000000000000.00\"",
        "\"\\ud800\"",
        "[]",
        "{}",
        "[null]",
        "[[]]",
        "{\"amount\":\"1\",\"currency_code\":\"EUR\"}"
    };

    @Override
    public Connector connector() {
        return new ShopifyConnector();
    }

    @Override
    public Connection connection() {
        return GoldenTest.SHOP;
    }

    @Override
    public List<Golden> goldens() {
        try (Stream<Path> files = Files.list(GoldenTest.folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".expected.json"))
                    .map(file -> file.substring(0, file.length() - ".expected.json".length()))
                    .sorted((a, b) -> a.equals("refund") ? 1 : b.equals("refund") ? -1 : a.compareTo(b))
                    .map(name -> new Golden(
                            name, name.equals("refund") ? "refunds/create" : "orders/updated", GoldenTest.golden(name)))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public StockTelling.Level level() {
        return new StockTelling.Level("820982911946154508", "655441491");
    }

    @Override
    public ShipmentTelling.Shipment shipment() {
        return new ShipmentTelling.Shipment(
                "6100000000000000001",
                "WH1-4711",
                "655441491",
                "DHL",
                List.of("JJD000390007827"),
                List.of(),
                List.of(new ShipmentTelling.Line("11", BigDecimal.ONE)));
    }

    @Override
    public Golden typical() {
        return new Golden("tax-on-top", "orders/updated", GoldenTest.golden("tax-on-top"));
    }

    @Override
    public byte[] changed(byte[] order, int seconds, String street) {
        ObjectNode tree = tree(order);
        OffsetDateTime updated = OffsetDateTime.parse(tree.get("updated_at").asText());
        tree.put("updated_at", updated.plusSeconds(seconds).toString());
        ((ObjectNode) tree.get("shipping_address")).put("address1", street);
        return bytes(tree);
    }

    @Override
    public byte[] withOneAmountInAnotherCurrency(byte[] order) {
        ObjectNode tree = tree(order);
        ((ObjectNode) tree.at("/shipping_lines/0/tax_lines/0/price_set/shop_money")).put("currency_code", "USD");
        return bytes(tree);
    }

    @Override
    public byte[] withUnknownFields(byte[] order) {
        ObjectNode tree = tree(order);
        List<ObjectNode> objects = new ArrayList<>();
        collect(tree, objects);
        objects.forEach(each -> each.putObject("something_new_from_2031").put("value", 1));
        return bytes(tree);
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> collect(child, objects));
    }

    @Override
    public Set<String> requiredFields() {
        return Set.of(
                "id",
                "updated_at",
                "test",
                "currency",
                "taxes_included",
                "line_items",
                "total_price",
                "created_at",
                "line_items[0].id",
                "line_items[1].quantity",
                "line_items[0].price",
                "line_items[0].tax_lines[0].price",
                "line_items[1].discount_allocations[1].amount",
                "shipping_lines[0].price",
                "shipping_address.country_code");
    }

    @Override
    public byte[] without(byte[] order, String path) {
        ObjectNode tree = tree(order);
        // What stands in for the field goes as well.
        if (path.equals("id") || path.endsWith(".id")) {
            ((ObjectNode) parent(tree, path)).remove("admin_graphql_api_id");
        }
        if (path.equals("created_at")) {
            tree.remove("processed_at");
        }
        ObjectNode parent = (ObjectNode) parent(tree, path);
        String field = path.substring(path.lastIndexOf('.') + 1);
        parent.remove(field);
        if (path.contains("[") || path.startsWith("shipping_address")) {
            parent.remove(field + "_set");
            parent.remove("country");
        }
        return bytes(tree);
    }

    private static JsonNode parent(ObjectNode tree, String path) {
        int dot = path.lastIndexOf('.');
        if (dot < 0) {
            return tree;
        }
        return tree.at(
                "/" + path.substring(0, dot).replace("[", "/").replace("]", "").replace(".", "/"));
    }

    @Override
    public List<byte[]> vandalised(byte[] order) {
        List<byte[]> all = new ArrayList<>();
        for (byte[] body : List.of(
                order,
                GoldenTest.golden("refund"),
                GoldenTest.golden("tip-duties-fees"),
                GoldenTest.golden("taken-off-before-delivery"))) {
            ObjectNode tree = tree(body);
            List<String> paths = new ArrayList<>();
            paths(tree, "", paths);
            for (String path : paths) {
                int slash = path.lastIndexOf('/');
                JsonNode parent = slash == 0 ? tree : tree.at(path.substring(0, slash));
                String last = path.substring(slash + 1);
                JsonNode before = tree.at(path);
                for (String vandal : VANDALS) {
                    set(parent, last, read(vandal));
                    all.add(bytes(tree));
                }
                set(parent, last, before);
            }
        }
        return all;
    }

    private static void set(JsonNode parent, String name, JsonNode value) {
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(name), value);
        }
    }

    private static void paths(JsonNode node, String path, List<String> paths) {
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(name -> {
                paths.add(path + "/" + name);
                paths(node.get(name), path + "/" + name, paths);
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                paths.add(path + "/" + i);
                paths(node.get(i), path + "/" + i, paths);
            }
        }
    }

    @Override
    public byte[] oversize(byte[] order) {
        ObjectNode tree = tree(order);
        ArrayNode items = (ArrayNode) tree.get("line_items");
        JsonNode item = items.get(0);
        for (int i = 0; i < 2_000; i++) {
            items.add(item);
        }
        return bytes(tree);
    }

    @Override
    public UnaryOperator<String> signed(byte[] body, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(body));
            return name -> name.equals("X-Shopify-Hmac-Sha256") ? signature : null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode tree(byte[] body) {
        return (ObjectNode) read(new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(JsonNode tree) {
        return tree.toString().getBytes(StandardCharsets.UTF_8);
    }
}
