package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of {@code /docs}: there without a key, without another host, and true. */
class DocsIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|text)\\n(.*?)^```$");
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"#]+)");

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private Hub hub;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        hub = Hub.shared();
    }

    @Test
    void pagesLoadWithoutAKeyAndFromNowhereElse() throws IOException, InterruptedException {
        Deque<String> open = new ArrayDeque<>(List.of("/docs", "/docs/api", "/docs/problems", "/docs/first-order.md"));
        Set<String> seen = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        while (!open.isEmpty()) {
            String path = open.pop();
            if (!seen.add(path) || path.startsWith("data:")) {
                continue;
            }
            if (!path.startsWith("/")) {
                wrong.add(path + " is elsewhere");
                continue;
            }
            HttpResponse<String> answer = get(path);
            if (answer.statusCode() != 200 || answer.body().isBlank()) {
                wrong.add(path + " answers " + answer.statusCode());
            }
            if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                if (!answer.headers()
                        .firstValue("Content-Security-Policy")
                        .orElse("")
                        .contains("default-src 'none'")) {
                    wrong.add(path + " may load from anywhere");
                }
                Matcher loaded = LOADED.matcher(answer.body());
                while (loaded.find()) {
                    open.add(loaded.group(1));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(seen.stream().anyMatch(path -> path.endsWith("swagger-ui-bundle.js")), seen::toString);
    }

    @Test
    void problemsPointToAPageThatIsThere() throws IOException, InterruptedException {
        Shop.Answer answer = new Shop(hub, "nobody").get(Shop.ORDERS);
        String type = answer.text("type");
        assertEquals("/docs/problems#RUN-2002", type);
        assertEquals(200, get(type.replaceAll("#.*", "")).statusCode());
        assertTrue(ApiDocument.of(hub)
                .orElseThrow()
                .document()
                .path("x-problems-hub")
                .has("RUN-2002"));
    }

    /** docs/first-order.md, command by command, in one shell as a reader has it. */
    @Test
    void tutorialDoesWhatItSays() throws IOException, InterruptedException {
        World world = World.on(hub, "first");
        world.hubLearns(List.of("MUG-WHITE"));
        world.erpLearns(List.of("MUG-WHITE"));
        Files.createDirectories(folder.resolve(".retail/keys"));
        Files.writeString(folder.resolve(".retail/keys/demo"), world.shop().key());
        String text = Files.readString(Path.of(System.getProperty("retail.checkout"), "docs/first-order.md"));
        List<String> commands = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals("sh")) {
                commands.add(blocks.group(2).replace("http://127.0.0.1:8080", hub.url()));
                expected.add("");
            } else {
                expected.set(expected.size() - 1, blocks.group(2));
            }
        }
        assertTrue(commands.size() >= 10, "the commands are found: " + commands.size());
        List<String> printed = run(commands);
        assertEquals(commands.size(), printed.size(), () -> printed.toString());
        for (int i = 0; i < commands.size(); i++) {
            String pattern = "\\Q" + expected.get(i).strip().replace("…", "\\E(?s:.*)\\Q") + "\\E";
            assertTrue(
                    expected.get(i).isEmpty() || printed.get(i).strip().matches(pattern),
                    commands.get(i) + "printed\n" + printed.get(i) + "\nand not\n" + expected.get(i));
        }
    }

    /** @return what each printed */
    private List<String> run(List<String> commands) throws IOException, InterruptedException {
        String end = "== end of a command ==";
        Path script = folder.resolve("tutorial.sh");
        StringBuilder lines = new StringBuilder();
        commands.forEach(
                each -> lines.append(each).append("printf '\\n").append(end).append("\\n'\n"));
        Files.writeString(script, lines);
        Path output = folder.resolve("output");
        Process shell = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        shell.getOutputStream().close();
        assertTrue(shell.waitFor(120, TimeUnit.SECONDS), "the tutorial ends");
        return List.of(Files.readString(output).split("\\n?" + end + "\\n"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(hub.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
