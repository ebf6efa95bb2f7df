package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.server.Books.Expected;

/** What IT operations do with a hub that works, step by step as {@code docs/runbooks} says. */
class ProceduresIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ORDERS_ROLE = "RETAIL_DB_ORDER_APP_PASSWORD";
    private static final String PRODUCTS = "/api/masterdata/v1/products/";
    private static final String SEALS = "RETAIL_CHANNEL_SECRETS_KEY";

    private final World world = World.shared();
    private final Hub hub = world.hub();

    @BeforeEach
    void open() {
        hub.erp().normal();
    }

    @AfterEach
    void putRight() {
        hub.startServer();
    }

    /** Schema first, while the old version works; then the new version, while partners go on sending. */
    @Test
    void upgradesWithMessagesInFlight() throws IOException, SQLException {
        Path next = nextVersion();
        assertEquals(Map.of(), lifecycle(product()), "nothing is on its way out yet");
        try (Load load = new Load(world)) {
            load.await(20);
            hub.management().pause(Overtaking.QUEUE);
            load.await(20);
            asOwnerOfOrders("alter table ordering.orders add column of_the_next_version text");
            load.await(20);
            assertTrue(hub.management().depth(Overtaking.QUEUE) > 0, "messages are in flight");
            hub.management().execute(List.of(), "suspend", Map.of("suspend-timeout", 30));
            hub.management()
                    .execute(
                            List.of(),
                            "full-replace-deployment",
                            Map.of(
                                    "name",
                                    "retail-hub.ear",
                                    "content",
                                    List.of(Map.of("path", next.toString(), "archive", true))));
            hub.management().resume(Overtaking.QUEUE);
            hub.management().execute(List.of(), "resume", Map.of());
            load.await(20);
            deprecationIsTold();
            Books.Audit audit = load.end();
            assertEquals(List.of(), hub.books().openCases(), "an upgrade parks nothing");
            System.out.println("upgraded under load: " + audit.acknowledged() + " orders, each once in the ERP");
        } finally {
            asOwnerOfOrders("alter table ordering.orders drop column if exists of_the_next_version");
        }
    }

    /** An administrator corrects something in the console that takes effect with the next start. */
    @Test
    void goesOnWhileAChangeWaitsForAReload() {
        List<String> transactions = List.of("subsystem", "transactions");
        hub.management()
                .execute(
                        transactions, "write-attribute", Map.of("name", "object-store-path", "value", "another-store"));
        try {
            assertEquals(
                    "reload-required",
                    hub.management()
                            .execute(List.of(), "read-attribute", Map.of("name", "server-state"))
                            .asText());
            posts("before-the-reload");
        } finally {
            hub.management().execute(transactions, "undefine-attribute", Map.of("name", "object-store-path"));
            hub.stopServer();
        }
    }

    @Test
    void rotatesTheDatabasePasswordOfAModule() {
        String before = hub.jdbcUrl("retailhub", "order_app");
        hub.replaceSecret(ORDERS_ROLE, "new-" + UUID.randomUUID());
        hub.migrate();
        hub.stopServer();
        hub.startServer();
        posts("rotated-password");
        assertThrows(
                SQLException.class, () -> DriverManager.getConnection(before).close(), "the old password");
    }

    @Test
    void rotatesTheKeyThatSealsTheSecretsOfConnections() {
        WebhookShop shop = world.webhookShop();
        sells(shop);
        hub.environment(SEALS + "_BEFORE", hub.secret(SEALS));
        hub.replaceSecret(SEALS, "another-key-of-32-characters-at-least-" + UUID.randomUUID());
        hub.stopServer();
        hub.startServer();
        sells(shop);
        shop.enterSecretsAnew();
        hub.environment(SEALS + "_BEFORE", "");
        hub.stopServer();
        hub.startServer();
        sells(shop);
    }

    private void posts(String number) {
        Order order = Order.of(World.CHANNEL, number, World.sku(1), World.sku(2));
        settle(Expected.document(world.shop().place(order), order));
    }

    private void sells(WebhookShop shop) {
        // So that the change comes before the ERP's document.
        hub.erp().stopped();
        Expected order = shop.sell(PATIENCE);
        hub.erp().normal();
        settle(order);
    }

    private void settle(Expected order) {
        hub.books().awaitSettled(PATIENCE);
        Books.Audit audit = hub.books().audit(1, List.of(order));
        assertTrue(audit.good(), audit::toString);
    }

    private void asOwnerOfOrders(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(hub.jdbcUrl("retailhub", "order_owner"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** RFC 9745, RFC 8594, on each answer; and in the document. */
    private void deprecationIsTold() {
        assertEquals(
                Map.of(
                        "deprecation", "@1799971200",
                        "sunset", "Wed, 01 Sep 2027 00:00:00 GMT",
                        "link", "</docs/>; rel=\"successor-version\""),
                lifecycle(product()));
        JsonNode products = new Doors(hub).document().path("paths").path(PRODUCTS + "{sku}");
        assertTrue(products.path("get").path("deprecated").asBoolean(), products::toString);
        assertFalse(products.path("put").path("deprecated").asBoolean(), products::toString);
    }

    private HttpResponse<String> product() {
        return new Doors(hub)
                .send(
                        "GET",
                        PRODUCTS + World.sku(1),
                        null,
                        Map.of("X-API-Key", world.shop().key()));
    }

    private static Map<String, String> lifecycle(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer::body);
        Map<String, String> found = new TreeMap<>();
        for (String name : List.of("deprecation", "sunset", "link")) {
            answer.headers().firstValue(name).ifPresent(value -> found.put(name, value));
        }
        return found;
    }

    /** The same code, and a policy by which one operation is on its way out. */
    private Path nextVersion() throws IOException {
        Path next = hub.folder().resolve("retail-hub-next.ear");
        try (ZipFile now = new ZipFile(hub.ear().toFile());
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(next))) {
            for (ZipEntry entry : (Iterable<ZipEntry>) now.stream().map(ZipEntry.class::cast)::iterator) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream content = now.getInputStream(entry)) {
                    if (entry.getName().equals("masterdata.war")) {
                        withPolicy(new ZipInputStream(content), zip);
                    } else {
                        content.transferTo(zip);
                    }
                }
            }
        }
        return next;
    }

    /** What lies in a WAR's classes comes before what its libraries have. */
    private static void withPolicy(ZipInputStream war, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (ZipEntry entry = war.getNextEntry(); entry != null; entry = war.getNextEntry()) {
            zip.putNextEntry(new ZipEntry(entry.getName()));
            war.transferTo(zip);
        }
        zip.putNextEntry(new ZipEntry("WEB-INF/classes/org/retailhub/platform/runtime/openapi/lifecycle.properties"));
        zip.write("versions = v1\ngetProduct = 2027-01-15 2027-09-01 /docs/\n".getBytes(StandardCharsets.UTF_8));
        zip.finish();
    }
}
