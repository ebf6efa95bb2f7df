package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Each operation of the running hub's own document, asked by each kind of caller. What shall come of it stands in one table,
 * {@code doors.tsv}; an operation that is not in it fails here, and so does a line whose operation is gone.
 *
 * <p>The own partner has an order with a posting; calls that would change something carry a body that its door refuses, so that 400 means
 * "was let in".
 */
class DoorMatrixIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SCOPES = List.of(
            "orders:read",
            "orders:write",
            "shipments:write",
            "masterdata:read",
            "masterdata:write",
            "customers:read",
            "customers:write",
            "inventory:read",
            "inventory:write",
            "inventory:reserve",
            "postings:read",
            "trace:read");
    private static final String OPERATE = "hub:operate";
    /** The door checks a signature of its own: no API key opens it or is asked for. */
    private static final String SIGNATURE = "signature";

    /**
     * A line of the table.
     *
     * @param own status for the partner that what is asked for belongs to, with the scope
     * @param other status for a partner of another tenant, with the scope
     * @param elsewhere status for a key of the own partner with the scope, but for another channel
     */
    private record Rule(String operation, String scope, int own, int other, int elsewhere, int operator, String body) {
        static Rule of(String line) {
            String[] parts = line.split("\t");
            return new Rule(
                    parts[0],
                    parts[1],
                    number(parts[2]),
                    number(parts[3]),
                    number(parts[4]),
                    number(parts[5]),
                    parts.length > 6 ? parts[6] : null);
        }

        private static int number(String text) {
            return text.equals("-") ? 0 : Integer.parseInt(text);
        }
    }

    /** Who calls, and with which header. */
    private record Caller(String kind, Map<String, String> headers) {}

    private final World own = World.shared();
    private final Doors doors = new Doors(own.hub());
    private final List<String> faults = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final Map<String, String> filled = new HashMap<>();
    private final Map<String, String> keysWithout = new TreeMap<>();
    private String ownKey;
    private String otherKey;
    private String elsewhereKey;
    private String revokedKey;
    private String order;

    @Test
    void eachCallerGetsWhatTheTableSaysAtEachDoor() {
        Map<String, Rule> rules = rules();
        JsonNode document = doors.document();
        assertEquals(List.of(), unruled(Doors.operations(document), rules.keySet()));
        assertEquals(
                List.of(),
                rules.values().stream()
                        .filter(rule -> !rule.scope().equals(SIGNATURE))
                        .filter(rule -> !rule.scope().equals(requiredScope(document, rule.operation())))
                        .toList(),
                "scopes of the table and of the document");
        prepare();

        rules.values().forEach(this::knock);

        write();
        assertEquals(List.of(), faults, () -> faults.size() + " of " + seen.size());
        assertTrue(seen.size() > 200, seen.size() + " calls");
    }

    @Test
    void operationWithoutARuleIsNamedAndSoIsARuleWithoutOperation() throws IOException {
        Set<String> operations = Doors.operations(JSON.readTree(
                "{\"paths\":{\"/a/{id}\":{\"get\":{},\"delete\":{},\"parameters\":[]},\"/b\":{\"post\":{}}}}"));
        assertEquals(Set.of("GET /a/{id}", "DELETE /a/{id}", "POST /b"), operations);
        assertEquals(
                List.of("no rule: DELETE /a/{id}", "no operation: GET /c"),
                unruled(operations, Set.of("GET /a/{id}", "POST /b", "GET /c")));
    }

    private static String requiredScope(JsonNode document, String operation) {
        String[] parts = operation.split(" ");
        return document.path("paths")
                .path(parts[1])
                .path(parts[0].toLowerCase(Locale.ROOT))
                .path("x-required-scope")
                .asText();
    }

    private static List<String> unruled(Set<String> operations, Set<String> rules) {
        List<String> found = new ArrayList<>();
        operations.stream().filter(each -> !rules.contains(each)).forEach(each -> found.add("no rule: " + each));
        rules.stream().filter(each -> !operations.contains(each)).forEach(each -> found.add("no operation: " + each));
        return found;
    }

    private void prepare() {
        String tenant = "acme";
        String partner = "door-keeper";
        World.require(own.operator()
                .post(
                        "/api/partner/v1/partners",
                        "{\"code\":\"door-keeper\",\"tenant\":\"acme\",\"name\":\"Door keeper\"}"));
        World.require(own.operator()
                .post(
                        "/api/partner/v1/partners",
                        "{\"code\":\"door-stranger\",\"tenant\":\"strangers\",\"name\":\"Stranger\"}"));
        ownKey = issue(partner, "own", SCOPES).text("key");
        otherKey = issue("door-stranger", "other", SCOPES).text("key");
        elsewhereKey = issue(partner, "elsewhere", SCOPES, List.of("elsewhere")).text("key");
        for (String scope : SCOPES) {
            List<String> rest = new ArrayList<>(SCOPES);
            rest.remove(scope);
            keysWithout.put(scope, issue(partner, "without " + scope, rest).text("key"));
        }
        Shop.Answer revoked = issue(partner, "revoked", SCOPES);
        revokedKey = revoked.text("key");
        String credential = "/api/partner/v1/partners/" + partner + "/credentials/" + revoked.text("id");
        assertEquals(
                204,
                own.operator().attempt("DELETE", credential, null, Map.of()).status());

        // The matrix erases it on its way: an erased customer is still there for its tenant, and for nobody else.
        learns("customers", "[{\"id\":\"door-customer\"}]");
        learns("locations", "[{\"id\":\"door-store\",\"kind\":\"store\",\"name\":\"Door store\"}]");
        learns("tax-codes", "[{\"code\":\"DOOR\",\"name\":\"Door tax\",\"rate\":\"20\"}]");
        filled.put("customerId", "door-customer");
        filled.put("locationId", "door-store");
        filled.put("taxCode", "DOOR");

        order = own.shop().place(Order.of(World.CHANNEL, "door-matrix", World.sku(1)));
        Probe.until(
                "posted",
                Duration.ofSeconds(30),
                () -> own.shop().get("/api/erp/v1/postings/" + order).ok(),
                () -> own.shop().order(order));
        filled.put("reservationId", reservation());
        count();
        filled.put("orderId", order);
        filled.put("name", order);
        filled.put("sku", World.sku(1));
        filled.put("channel", World.CHANNEL);
        filled.put("routeClass", "getOrder");
        filled.put("tenant", tenant);
    }

    private void learns(String kind, String body) {
        World.require(own.operator().put("/api/masterdata/v1/" + kind + "?tenant=acme", body));
    }

    /** Of the own tenant, for no channel. */
    private String reservation() {
        Map<String, String> headers = Map.of("X-API-Key", ownKey, "Content-Type", "application/json");
        HttpResponse<String> movement = doors.send(
                "POST",
                "/api/inventory/v1/movements",
                "{\"feed\":\"door-matrix\",\"sequence\":1,\"kind\":\"receipt\",\"sku\":\"DOOR\",\"location\":\"dc-1\",\"quantity\":5,"
                        + "\"occurredAt\":\"2026-11-23T10:00:00Z\"}",
                headers);
        assertTrue(movement.statusCode() == 201 || movement.statusCode() == 200, movement::body);
        HttpResponse<String> held = doors.send(
                "POST",
                "/api/inventory/v1/reservations",
                "{\"reference\":\"door-matrix\",\"lines\":[{\"lineId\":\"1\",\"sku\":\"DOOR\",\"location\":\"dc-1\",\"quantity\":2}]}",
                headers);
        try {
            return JSON.readTree(held.body()).path("reservationId").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the own tenant: one less than there is, so that there is a difference too. */
    private void count() {
        Shop.Answer sent = World.require(own.warehouse()
                .post(
                        "/api/inventory/v1/snapshots",
                        "{\"source\":\"door-matrix\",\"snapshot\":\"1\",\"system\":\"wms\",\"takenAt\":\"2026-11-23T11:00:00Z\",\"lines\":["
                                + "{\"sku\":\"DOOR\",\"location\":\"dc-1\",\"quantity\":4}]}"));
        filled.put("snapshotId", sent.text("snapshotId"));
        String drift = "/api/inventory/v1/snapshots/" + sent.text("snapshotId") + "/drift";
        Probe.until(
                "a difference",
                Duration.ofSeconds(30),
                () -> own.warehouse().get(drift).body().path("drift").size() > 0,
                () -> own.warehouse().get(drift));
        filled.put(
                "driftId",
                own.warehouse()
                        .get(drift)
                        .body()
                        .path("drift")
                        .path(0)
                        .path("driftId")
                        .asText());
    }

    private Shop.Answer issue(String partner, String name, List<String> scopes) {
        return issue(partner, name, scopes, List.of());
    }

    private Shop.Answer issue(String partner, String name, List<String> scopes, List<String> channels) {
        ObjectNode wanted = JSON.createObjectNode().put("name", name);
        scopes.forEach(wanted.putArray("scopes")::add);
        channels.forEach(wanted.putArray("channels")::add);
        return World.require(
                own.operator().post("/api/partner/v1/partners/" + partner + "/credentials", wanted.toString()));
    }

    private void knock(Rule rule) {
        Caller nobody = new Caller("none", Map.of());
        Caller unknown = keyed("unknown key", "rh_" + "A".repeat(43));
        Caller revoked = keyed("revoked key", revokedKey);
        Caller stranger = keyed("other tenant", otherKey);
        Caller operator = keyed("operator", own.hub().operatorKey());
        if (rule.scope().equals(SIGNATURE)) {
            for (Caller each : List.of(nobody, unknown, revoked, keyed("partner", ownKey), stranger, operator)) {
                expect(rule, each, rule.own(), null);
            }
            return;
        }
        expect(rule, nobody, 401, "RUN-2001");
        expect(rule, unknown, 401, "RUN-2002");
        expect(rule, revoked, 401, "RUN-2002");
        if (rule.scope().equals(OPERATE)) {
            expect(rule, keyed("partner with all its scopes", ownKey), 403, "RUN-2003");
            expect(rule, stranger, 403, "RUN-2003");
        } else {
            expect(rule, keyed("without scope", keysWithout.get(rule.scope())), 403, "RUN-2003");
            expect(rule, keyed("with scope", ownKey), rule.own(), null);
            expect(rule, stranger, rule.other(), null);
            expect(rule, keyed("other channel", elsewhereKey), rule.elsewhere(), null);
        }
        expect(rule, operator, rule.operator(), null);
    }

    private static Caller keyed(String kind, String key) {
        return new Caller(kind, Map.of("X-API-Key", key));
    }

    private void expect(Rule rule, Caller caller, int status, String code) {
        String[] operation = rule.operation().split(" ");
        Map<String, String> headers = new HashMap<>(caller.headers());
        if (rule.body() != null) {
            headers.put("Content-Type", operation[1].endsWith("/batch") ? "application/x-ndjson" : "application/json");
            headers.put("If-Match", "\"1\"");
        }
        String path = fill(operation[1]);
        HttpResponse<String> answer = doors.send(operation[0], path, rule.body(), headers);
        String what = rule.operation() + "\t" + caller.kind() + "\t" + status + "\t" + answer.statusCode() + "\t"
                + Doors.code(answer);
        seen.add(what);
        if (answer.statusCode() != status || code != null && !code.equals(Doors.code(answer))) {
            faults.add(what);
        }
        if (Set.of("other tenant", "other channel").contains(caller.kind())
                && answer.statusCode() < 300
                && answer.body().contains(order)) {
            faults.add(what + "\tshows an order of others");
        }
    }

    private String fill(String path) {
        String result = path;
        for (Map.Entry<String, String> each : filled.entrySet()) {
            result = result.replace("{" + each.getKey() + "}", each.getValue());
        }
        return result.replaceAll("\\{sequence}", "1").replaceAll("\\{[^}]+}", "none");
    }

    private static Map<String, Rule> rules() {
        try (var table = DoorMatrixIT.class.getResourceAsStream("/doors.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Rule::of)
                    .collect(Collectors.toMap(Rule::operation, Function.identity(), (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        try {
            Files.write(Path.of(System.getProperty("retail.target"), "door-matrix.tsv"), new TreeSet<>(seen));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
