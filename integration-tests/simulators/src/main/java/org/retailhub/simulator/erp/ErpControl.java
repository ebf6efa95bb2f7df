package org.retailhub.simulator.erp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Steers a running simulator. Each call returns when its effect is there; an answer other than 200 is an
 * {@link IllegalStateException} with the simulator's words.
 */
public final class ErpControl {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;

    public ErpControl(int port) {
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    public JsonNode status() {
        return get("/status");
    }

    public JsonNode ledger(String prefix) {
        return get("/ledger?prefix=" + URLEncoder.encode(prefix, StandardCharsets.UTF_8));
    }

    /** The documents of this number with their lines, and the interface rows that they came from. */
    public JsonNode document(String documentNo) {
        return get("/documents/"
                + URLEncoder.encode(documentNo, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    /** Documents of inventory with their lines and quantities, and what is on hand by warehouse of a product, empty for all. */
    public JsonNode stock(String product) {
        return get("/stock?product=" + URLEncoder.encode(product, StandardCharsets.UTF_8));
    }

    /** Keys whose postings were not written in their sequence; empty is good. */
    public JsonNode orderOfPostings() {
        return get("/order-of-postings");
    }

    /** One run of the import over everything that waits, also while it is stopped. */
    public JsonNode importNow() {
        return post("/import", "");
    }

    public void normal() {
        mode(Map.of("mode", "normal"));
    }

    public void stopped() {
        mode(Map.of("mode", "stopped"));
    }

    public void slow(Duration beforeEachBatch) {
        mode(Map.of("mode", "slow", "delayMillis", beforeEachBatch.toMillis()));
    }

    /** Rows with this product key, UPC, SKU, charge, partner key, e-mail or document number are refused with these words. */
    public void reject(Map<String, String> errorByMatch) {
        mode(Map.of(
                "mode",
                "reject",
                "reject",
                errorByMatch.entrySet().stream()
                        .map(each -> Map.of("match", each.getKey(), "error", each.getValue()))
                        .toList()));
    }

    public void mode(Map<String, ?> mode) {
        post("/mode", JSON.valueToTree(mode).toString());
    }

    public void interval(Duration between) {
        post("/interval", "{\"millis\":" + between.toMillis() + "}");
    }

    /** Ends the hub's sessions in the ERP's database and refuses new ones. */
    public void down() {
        post("/down", "");
    }

    public void restore() {
        post("/restore", "");
    }

    public void snapshot() {
        post("/snapshot", "");
    }

    /** The ERP's database as it was at the last {@link #snapshot}. */
    public void setBack() {
        post("/set-back", "");
    }

    /** @param json an array of objects or one object a line, as {@link Masters} says */
    public int masters(Masters.Kind kind, String json) {
        return post("/masters/" + kind.name().toLowerCase(java.util.Locale.ROOT), json)
                .path("read")
                .asInt();
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    private JsonNode post(String path, String body) {
        return send(HttpRequest.newBuilder(base.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(Duration.ofMinutes(2)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        "the ERP simulator answered " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from the ERP simulator at " + base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
