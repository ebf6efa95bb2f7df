package org.retailhub.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The stand-alone broker of a hub of several servers, made by the script of production, on free ports; and its administrator. */
final class Broker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final String ADMIN_PASSWORD = "administrator-of-tests";
    private static final String SERVER_PASSWORD = "server-of-tests";
    private static final String BROKER = "org.apache.activemq.artemis:broker=\"retailhub\"";

    private final Path script;
    private final Path programs;
    private final Path home;
    private final int port;
    private final int consolePort;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Process process;

    Broker(Path checkout, Path target, Path home, int port, int consolePort) {
        this.script = checkout.resolve("wildfly-config/broker.sh");
        this.programs = target.resolve("pristine/artemis");
        this.home = home;
        this.port = port;
        this.consolePort = consolePort;
    }

    /** What a server has to know of it, in the variables of {@code ./retail}. */
    Map<String, String> variables() {
        return Map.of(
                "RETAIL_BROKER_HOST",
                "127.0.0.1",
                "RETAIL_BROKER_PORT",
                Integer.toString(port),
                "RETAIL_BROKER_PASSWORD",
                SERVER_PASSWORD);
    }

    /** Writes its configuration; a broker that runs sees it within seconds. */
    void configure() {
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "provision");
        builder.environment().putAll(variables());
        builder.environment().put("RETAIL_HOME", home.toString());
        builder.environment().put("RETAIL_ARTEMIS", programs.toString());
        builder.environment().put("RETAIL_BROKER_CONSOLE_PORT", Integer.toString(consolePort));
        builder.environment().put("RETAIL_BROKER_ADMIN_PASSWORD", ADMIN_PASSWORD);
        try {
            // Always anew: the script leaves alone what was made from the same inputs.
            Files.deleteIfExists(home.resolve("broker/provisioned"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Hub.run(builder);
    }

    /** Returns when it takes connections. */
    void start() {
        configure();
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("broker/bin/artemis").toString(), "run");
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(home.resolve("broker.log").toFile()));
        try {
            process = builder.start();
            process.getOutputStream().close();
            Files.writeString(home.resolve("broker.pid"), Long.toString(process.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Probe.until("the broker", BOOT, () -> runs() && answers(), () -> home.resolve("broker.log"));
    }

    static void killLeftOver(Path home) {
        Hub.killLeftOver(home, home.resolve("broker.pid"));
    }

    boolean runs() {
        return process != null && process.isAlive();
    }

    /** As {@code kill -9} does. */
    void kill() {
        if (runs()) {
            process.destroyForcibly();
            Probe.until("the broker's end", Duration.ofSeconds(20), () -> !runs(), () -> "pid " + process.pid());
        }
    }

    private boolean answers() {
        try {
            return "true".equals(read(BROKER, "Started").asText());
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    long depth(String queue) {
        return read(mbean(queue), "MessageCount").asLong();
    }

    boolean has(String queue) {
        return call(request("read", mbean(queue)).put("attribute", "MessageCount"))
                        .path("status")
                        .asInt()
                == 200;
    }

    void pause(String queue) {
        execute(mbean(queue), "pause()");
    }

    void resume(String queue) {
        execute(mbean(queue), "resume()");
    }

    /** As a module would: a durable text message with these properties. */
    void send(String queue, Map<String, String> properties, String body) {
        int text = 3;
        execute(
                mbean(queue),
                "sendMessage(java.util.Map,int,java.lang.String,boolean,java.lang.String,java.lang.String)",
                properties,
                text,
                body,
                true,
                "admin",
                ADMIN_PASSWORD);
    }

    void destroy(String queue) {
        execute(BROKER, "destroyQueue(java.lang.String,boolean,boolean)", address(queue), true, true);
    }

    /** Branches that nobody has finished. */
    List<String> prepared() {
        return JSON.convertValue(
                execute(BROKER, "listPreparedTransactions()"),
                JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    private static String address(String queue) {
        return "jms.queue." + queue;
    }

    private static String mbean(String queue) {
        return BROKER + ",component=addresses,address=\"" + address(queue)
                + "\",subcomponent=queues,routing-type=\"anycast\",queue=\"" + address(queue) + "\"";
    }

    private JsonNode read(String mbean, String attribute) {
        return value(request("read", mbean).put("attribute", attribute));
    }

    private JsonNode execute(String mbean, String operation, Object... arguments) {
        ObjectNode request = request("exec", mbean).put("operation", operation);
        request.set("arguments", JSON.valueToTree(arguments));
        return value(request);
    }

    private static ObjectNode request(String type, String mbean) {
        return JSON.createObjectNode().put("type", type).put("mbean", mbean);
    }

    private JsonNode value(ObjectNode request) {
        JsonNode answer = call(request);
        if (answer.path("status").asInt() != 200) {
            throw new IllegalStateException("the broker answered " + answer + " to " + request);
        }
        return answer.path("value");
    }

    /** The console's own interface. */
    private JsonNode call(ObjectNode request) {
        String user = Base64.getEncoder().encodeToString(("admin:" + ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + consolePort + "/console/jolokia"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Basic " + user)
                .header("Origin", "http://127.0.0.1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request.toString()))
                .build();
        try {
            HttpResponse<String> answer = http.send(call, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from the broker to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
