package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No test talks to a hub past the judges: who opens a connection judges what comes back, or says here why not. */
class TrafficTest {
    private static final Path SOURCES = Path.of("src/test/java/org/retailhub/server");

    /** Judge themselves, each answer. */
    private static final Set<String> JUDGES =
            Set.of("Shop.java", "Doors.java", "JudgedDoor.java", "Attack.java", "ApiDocumentIT.java");

    /** Not the API: below HTTP, static pages, the document itself, management, a broker's, TLS's handshake, an OIDC server; no key's answers. */
    private static final Set<String> NOT_THE_API = Set.of(
            "WireIT.java",
            "DocsIT.java",
            "ApiDocument.java",
            "Hub.java",
            "Management.java",
            "Broker.java",
            "TlsIT.java",
            "Keycloak.java");

    @Test
    void nobodyTalksPastTheJudges() {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<String> past = files.filter(Files::isRegularFile)
                    .filter(TrafficTest::opens)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !JUDGES.contains(name) && !NOT_THE_API.contains(name))
                    .sorted()
                    .toList();
            assertEquals(List.of(), past);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean opens(Path file) {
        try {
            String text = Files.readString(file);
            boolean opens =
                    text.contains("HttpClient.new") || text.contains("openConnection") || text.contains("new Socket(");
            // Simulators and trade get the door's address, not the hub's.
            boolean gives = (text.contains("new ShopifyShop(") || text.contains("Installation.of("))
                    && !text.contains("JudgedDoor.of(");
            return !file.endsWith("TrafficTest.java") && (opens || gives);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
