package org.retailhub.trade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a trading partner known to the hub and keeps its key in {@code RETAIL_HOME/keys}: the hub shows a key only once. May run any
 * number of times.
 */
public final class Onboarding {
    private static final List<String> SCOPES = List.of(
            "orders:read",
            "orders:write",
            "shipments:write",
            "masterdata:read",
            "masterdata:write",
            "inventory:read",
            "inventory:write",
            "inventory:reserve",
            "postings:read",
            "trace:read");
    private static final String CREDENTIAL = "trade";

    private final Installation installation;
    private final HubClient operator;

    public Onboarding(Installation installation) {
        this.installation = installation;
        this.operator = new HubClient(installation.hub(), installation.secret("RETAIL_OPERATOR_KEY"));
    }

    /** @param code the partner's and its tenant's */
    public record Partner(String code, String key, HubClient hub) {}

    public Partner partner(String code, String name) {
        ObjectNode partner = HubClient.JSON
                .createObjectNode()
                .put("code", code)
                .put("tenant", code)
                .put("name", name);
        operator.post("/api/partner/v1/partners", partner).expect(200, 201);
        // More than the hub takes on the machines it is measured on, so that demo and bench are counted and not held
        // up.
        ObjectNode quota =
                HubClient.JSON.createObjectNode().put("requests", 200_000).put("windowSeconds", 10);
        String quotas = "/api/partner/v1/partners/" + code + "/quotas";
        operator.get(quotas)
                .expect(200)
                .body()
                .path("items")
                .findValuesAsText("routeClass")
                .forEach(route -> operator.put(quotas + "/" + route, quota).expect(200));
        Path file = installation.home().resolve("keys").resolve(code);
        String key = read(file);
        if (key.isEmpty() || !works(key)) {
            key = issue(code);
            write(file, key);
        }
        return new Partner(code, key, new HubClient(installation.hub(), key));
    }

    /** From now on items that come into the ERP come to the partner's tenant too. */
    public boolean itemsComeBackFromErp(Partner partner) {
        Set<String> kinds = new TreeSet<>(Set.of("item"));
        for (JsonNode feed :
                operator.get("/api/erp/v1/masters").expect(200).body().path("feeds")) {
            if (!feed.path("tenant").asText().equals(partner.code())) {
                return false;
            }
            kinds.add(feed.path("kind").asText());
        }
        ObjectNode wanted = HubClient.JSON.createObjectNode().put("tenant", partner.code());
        kinds.forEach(wanted.putArray("kinds")::add);
        operator.put("/api/erp/v1/masters", wanted).expect(200);
        return true;
    }

    /** One that was issued before there was stock, or shipments, may not ask for it: it is issued anew. */
    private boolean works(String key) {
        HubClient hub = new HubClient(installation.hub(), key);
        return hub.get("/api/order/v1/orders?limit=1").status() != 401
                && hub.get("/api/inventory/v1/feeds").status() != 403
                && hub.post("/api/order/v1/orders/none/shipments", HubClient.json())
                                .status()
                        != 403;
    }

    private String issue(String code) {
        String path = "/api/partner/v1/partners/" + code + "/credentials";
        for (JsonNode each : operator.get(path).expect(200).body().path("items")) {
            if (each.path("name").asText().equals(CREDENTIAL) && !each.hasNonNull("revokedAt")) {
                operator.delete(path + "/" + each.path("id").asText()).expect(204);
            }
        }
        ObjectNode wanted = HubClient.JSON.createObjectNode().put("name", CREDENTIAL);
        SCOPES.forEach(wanted.putArray("scopes")::add);
        return operator.post(path, wanted).expect(201).body().path("key").asText();
    }

    private static String read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void write(Path file, String key) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, key + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
