package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the hub tells those who watch it: spans to a collector, figures to Prometheus, alarms with their runbook, a log as JSON. */
class TelemetryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> COLLECTOR = List.of("system-property", "retailhub.otlp.url");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static int serial;

    private World world;

    /** Keeps in memory what it is sent, and answers what it is told to. */
    private static final class Collector implements AutoCloseable {
        private final List<JsonNode> spans = new CopyOnWriteArrayList<>();
        private final HttpServer server;
        private volatile int status = 200;

        Collector() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                JsonNode request = JSON.readTree(exchange.getRequestBody());
                if (status == 200) {
                    request.at("/resourceSpans/0/scopeSpans")
                            .forEach(scope -> scope.path("spans").forEach(spans::add));
                }
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        List<JsonNode> of(String traceId) {
            return spans.stream()
                    .filter(span -> span.path("traceId").asText().equals(traceId))
                    .toList();
        }

        Set<String> names(String traceId) {
            return of(traceId).stream().map(span -> span.path("name").asText()).collect(Collectors.toSet());
        }

        Set<String> tracesOf(String key) {
            Set<String> traces = new TreeSet<>();
            for (JsonNode span : spans) {
                if (span.path("attributes").toString().contains("\"" + key + "\"")) {
                    traces.add(span.path("traceId").asText());
                }
            }
            return traces;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @BeforeEach
    void world() {
        world = World.on(Hub.shared(), "telemetry-" + ++serial);
        world.hub().erp().normal();
    }

    @AfterEach
    void normal() {
        world.hub().erp().normal();
    }

    private void tracesGoTo(String url) {
        world.hub().management().execute(COLLECTOR, "add", Map.of("value", url));
    }

    private void tracesGoNowhere() {
        world.hub().management().execute(COLLECTOR, "remove", Map.of());
    }

    @Test
    void oneOrderIsOneTraceFromTheWebhookOverARetryToTheVerdict() throws IOException {
        String sku = "TELEMETRY-SKU-" + serial;
        world.hubLearns(List.of(sku));
        try (Collector collector = new Collector()) {
            tracesGoTo(collector.url());
            try {
                WebhookShop shop = world.webhookShop();
                long id = shop.shop().place(WebhookShop.line(1, 2, "12.30"));
                shop.shop().deliver();
                String number = Long.toString(id);
                String ordered = awaitStatus(number, "posted");
                // Each module's rows are exported by themselves, in no promised order.
                List<String> whole = List.of(
                        "channel received",
                        "channel told",
                        "order accepted",
                        "erp written",
                        "erp acknowledged",
                        "order posted");
                Probe.until(
                        "the spans of all modules",
                        PATIENCE,
                        () -> collector.tracesOf(ordered).stream()
                                .anyMatch(trace -> collector.names(trace).containsAll(whole)),
                        () -> collector.spans);
                assertEquals(1, collector.tracesOf(ordered).size(), () -> collector.spans.toString());
                String trace = collector.tracesOf(ordered).iterator().next();
                assertOneRoot(collector.of(trace));

                String retried = World.require(world.shop()
                                .post(
                                        Shop.ORDERS,
                                        Order.of(World.CHANNEL, "retried", sku).json()))
                        .text("orderId");
                String caseId = awaitCase(sku);
                world.erpLearns(List.of(sku));
                World.require(world.operator()
                        .post("/api/erp/v1/hospital/cases/" + caseId + "/release", "{\"reason\":\"item added\"}"));
                awaitStatus("retried", "posted");
                Probe.until(
                        "the retried order's spans",
                        PATIENCE,
                        () -> collector.tracesOf(retried).stream()
                                .anyMatch(each ->
                                        collector.names(each).containsAll(List.of("erp parked", "order posted"))),
                        () -> collector.spans);
                assertEquals(1, collector.tracesOf(retried).size(), "one order, one trace, also over a retry");
                List<JsonNode> spans =
                        collector.of(collector.tracesOf(retried).iterator().next());
                assertOneRoot(spans);
                assertEquals(
                        spans.size(),
                        spans.stream()
                                .map(span -> span.path("spanId").asText())
                                .distinct()
                                .count(),
                        "each once");
            } finally {
                tracesGoNowhere();
            }
        }
    }

    private static void assertOneRoot(List<JsonNode> spans) {
        Set<String> ids =
                spans.stream().map(span -> span.path("spanId").asText()).collect(Collectors.toSet());
        List<String> roots = new ArrayList<>();
        for (JsonNode span : spans) {
            if (!ids.contains(span.path("parentSpanId").asText())) {
                roots.add(span.path("name").asText());
            }
        }
        assertEquals(1, roots.size(), () -> roots + " of " + spans);
    }

    @Test
    void aCollectorThatIsAwayGetsItAllWhenItIsBack() throws IOException {
        try (Collector collector = new Collector()) {
            collector.status = 503;
            tracesGoTo(collector.url());
            try {
                String order = World.require(world.shop()
                                .post(
                                        Shop.ORDERS,
                                        Order.of(World.CHANNEL, "late", World.sku(1))
                                                .json()))
                        .text("orderId");
                Probe.until("it is an alarm", PATIENCE, () -> open().contains("OPS-2012"), this::open);
                collector.status = 200;
                Probe.until(
                        "all spans come",
                        PATIENCE,
                        () -> collector.tracesOf(order).stream()
                                .anyMatch(trace -> collector.names(trace).contains("order posted")),
                        () -> collector.spans);
                Probe.until("it is over", PATIENCE, () -> !open().contains("OPS-2012"), this::open);
            } finally {
                tracesGoNowhere();
            }
        }
    }

    @Test
    void anErpThatIsAwayIsAnAlarmWithItsRunbookAndAFigure() {
        world.hub().erp().down();
        try {
            World.require(world.shop()
                    .post(
                            Shop.ORDERS,
                            Order.of(World.CHANNEL, "away", World.sku(1)).json()));
            Probe.until("it is an alarm", PATIENCE, () -> open().contains("OPS-2004"), this::open);
            JsonNode health = World.require(world.operator().get("/api/operations/v1/health"))
                    .body();
            assertEquals("degraded", health.path("status").asText(), health::toString);
            JsonNode alarm = alarm(health, "OPS-2004");
            assertEquals("idempiere", alarm.path("subject").asText());
            assertEquals(
                    "docs/runbooks/alarms/OPS-2004.md", alarm.path("runbook").asText());
            String metrics = metrics();
            assertTrue(metrics.contains("\nretail_alarm{code=\"OPS-2004\"} 1\n"), metrics);
            assertTrue(
                    metrics.contains("\nretail_signal{module=\"erp\",kind=\"circuit-open\",subject=\"idempiere\"} 1\n"),
                    metrics);
        } finally {
            world.hub().erp().restore();
        }
        Probe.until("it is over", PATIENCE, () -> !open().contains("OPS-2004"), this::open);
        world.hub().books().awaitSettled(PATIENCE);
    }

    @Test
    void figuresAreThereForPrometheus() {
        String metrics = metrics();
        for (String metric : List.of(
                "retail_module_up{module=\"order\"} 1",
                "retail_doors_open 1",
                "retail_queue_messages{queue=\"erp.postings.idempiere\"} ",
                "# TYPE retail_signal gauge",
                "retail_alarm{code=\"OPS-2001\"} ")) {
            assertTrue(metrics.contains(metric), metric + " in " + metrics);
        }
    }

    private String metrics() {
        return World.require(world.operator().get("/api/operations/v1/metrics"))
                .body()
                .path("text")
                .asText();
    }

    @Test
    void theLogIsThereAsJsonWithItsCodes() throws IOException {
        String sku = "TELEMETRY-LOG-" + serial;
        world.hubLearns(List.of(sku));
        World.require(world.shop()
                .post(Shop.ORDERS, Order.of(World.CHANNEL, "log", sku).json()));
        String caseId = awaitCase(sku);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(world.hub().log().resolveSibling("server.json"))) {
            lines.add(JSON.readTree(line));
        }
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.path("code").asText().equals("ERP-2001")
                                && line.path("message").asText().contains(sku)
                                && line.has("timestamp")
                                && line.path("level").asText().equals("WARN")),
                () -> lines.subList(Math.max(0, lines.size() - 5), lines.size()).toString());
        assertTrue(lines.stream().anyMatch(line -> line.path("code").asText().startsWith("WFLYSRV")));
        world.erpLearns(List.of(sku));
        World.require(world.operator()
                .post("/api/erp/v1/hospital/cases/" + caseId + "/release", "{\"reason\":\"item added\"}"));
        world.hub().books().awaitSettled(PATIENCE);
    }

    private Set<String> open() {
        Set<String> codes = new TreeSet<>();
        World.require(world.operator().get("/api/operations/v1/alarms?closed=0"))
                .body()
                .forEach(alarm -> codes.add(alarm.path("code").asText()));
        return codes;
    }

    private static JsonNode alarm(JsonNode health, String code) {
        for (JsonNode alarm : health.path("alarms")) {
            if (alarm.path("code").asText().equals(code)) {
                return alarm;
            }
        }
        throw new AssertionError("no " + code + " in " + health);
    }

    private String awaitCase(String sku) {
        String path = "/api/erp/v1/hospital/cases?state=parked&limit=1000";
        String[] found = {null};
        Probe.until(
                "a case of " + sku,
                PATIENCE,
                () -> {
                    world.operator().get(path).body().forEach(each -> {
                        if (each.path("detail").asText().contains(sku)) {
                            found[0] = each.path("caseId").asText();
                        }
                    });
                    return found[0] != null;
                },
                () -> world.operator().get(path).body());
        return found[0];
    }

    /** @return the order's id */
    private String awaitStatus(String number, String status) {
        String path = Shop.ORDERS + "?channelOrderId=" + number;
        Probe.until(
                number + " " + status,
                PATIENCE,
                () -> world.shop()
                        .get(path)
                        .body()
                        .at("/orders/0/status")
                        .asText()
                        .equals(status),
                () -> world.shop().get(path).body() + "; " + world.hub().books().openCases() + "; "
                        + world.hub().lastLines());
        return world.shop().get(path).body().at("/orders/0/orderId").asText();
    }
}
