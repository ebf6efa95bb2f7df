package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A server that would lose what it acknowledges does not start the hub: each module that is concerned fails to deploy, and its log
 * entry says why and what to do. One server meets one fault after the other, the first one at its boot; when all are cured it starts.
 */
@Tag("deep")
class StartUpRefusalIT {
    private static final Set<String> ALL =
            Set.of("partner", "masterdata", "inventory", "order", "erp", "channel", "operations");
    private static final Map<String, String> SCHEMAS = Map.of(
            "partner",
            "partner",
            "masterdata",
            "masterdata",
            "inventory",
            "inventory",
            "order",
            "ordering",
            "erp",
            "erp",
            "channel",
            "channel",
            "operations",
            "operations");
    private static final List<String> EAR = List.of("deployment", "retail-hub.ear");
    private static final String QUEUE = "erp.postings.idempiere";
    private static final List<String> ITS_QUEUE =
            List.of("subsystem", "messaging-activemq", "server", "default", "jms-queue", QUEUE);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern MODULE = Pattern.compile("\"retail-hub\\.ear\"\\.\"(\\w+)\\.war\"\\.component");

    @Test
    void refusesEachFaultWithReasonAndCureUntilAllAreCured() {
        UnaryOperator<String> withoutQueue = xml -> {
            String changed = xml.replaceFirst("<jms-queue name=\"" + Pattern.quote(QUEUE) + "\"[^>]*/>", "");
            assertFalse(changed.equals(xml), "the queue is configured");
            return changed;
        };
        try (Hub hub = Hub.withoutServer(new Hub.Variant("unfit", withoutQueue, ""))) {
            Books books = hub.books();
            AssertionError failed = assertThrows(AssertionError.class, hub::startServer);
            assertTrue(failed.getMessage().contains("started with errors"), failed::getMessage);
            assertEquals(
                    Set.of("order", "erp"),
                    refusedBy(entries(hub, 0), QUEUE, "is missing", "Apply the scripts of wildfly-config"));
            hub.management().execute(EAR, "undeploy", Map.of());
            hub.management()
                    .execute(ITS_QUEUE, "add", Map.of("entries", List.of("java:/jms/queue/" + QUEUE), "durable", true));

            set(hub, "fsync", "off");
            assertEquals(ALL, refusedBy(deploy(hub), "fsync = off", "Set it to on"));
            set(hub, "fsync", "on");

            SCHEMAS.values()
                    .forEach(schema -> books.execute(
                            "retailhub",
                            // Its heart beats ahead: it must not look dead when the machine is slow.
                            "insert into " + schema
                                    + ".node values ('retail-test', 'another store', now(), now() + interval '10 min')"
                                    + " on conflict (node_id) do update set store_uuid = excluded.store_uuid,"
                                    + " heartbeat_at = excluded.heartbeat_at"));
            assertEquals(
                    ALL,
                    refusedBy(
                            deploy(hub),
                            "'retail-test' is in use by another server",
                            "Give this server one of its own"));
            SCHEMAS.values().forEach(schema -> books.execute("retailhub", "delete from " + schema + ".node"));

            set(hub, "max_prepared_transactions", "0");
            hub.restartPostgres();
            assertEquals(ALL, refusedBy(deploy(hub), "max_prepared_transactions = 0", "Set it to 200"));
            set(hub, "max_prepared_transactions", "200");
            hub.restartPostgres();

            assertEquals(List.of(), deploy(hub));
            assertEquals(
                    Set.of(transactionNode(hub)),
                    Set.copyOf(nodes(books)),
                    "what is registered is what the transaction manager writes into its branches");
            assertEquals(ALL.size(), nodes(books).size(), "each module has entered");
            String started = oldestBeat(books);
            Probe.until(
                    "a beat of each module", PATIENCE, () -> oldestBeat(books).compareTo(started) > 0, hub::lastLines);
        }
    }

    private static void set(Hub hub, String name, String value) {
        hub.books().execute("postgres", "alter system set " + name + " = " + value, "select pg_reload_conf()");
    }

    /** @return the log entries of components that failed; none if it succeeded */
    private static List<String> deploy(Hub hub) {
        long before = log(hub).length();
        try {
            hub.management().execute(EAR, "deploy", Map.of());
            assertEquals("OK", status(hub));
        } catch (IllegalStateException refused) {
            assertEquals("STOPPED", status(hub), refused::getMessage);
        }
        return entries(hub, (int) before);
    }

    private static String status(Hub hub) {
        return hub.management()
                .execute(EAR, "read-attribute", Map.of("name", "status"))
                .asText();
    }

    private static String transactionNode(Hub hub) {
        return hub.management()
                .execute(
                        List.of("subsystem", "transactions"),
                        "read-attribute",
                        Map.of("name", "node-identifier", "resolve-expressions", true))
                .asText();
    }

    private static List<String> nodes(Books books) {
        return books.query("retailhub", overAllSchemas("node_id"), row -> row.getString(1));
    }

    private static String oldestBeat(Books books) {
        return books.query(
                        "retailhub",
                        "select min(n)::text from (" + overAllSchemas("heartbeat_at") + ") b",
                        row -> row.getString(1))
                .get(0);
    }

    private static String overAllSchemas(String column) {
        return String.join(
                " union all ",
                SCHEMAS.values().stream()
                        .map(schema -> "select " + column + " as n from " + schema + ".node")
                        .toList());
    }

    private static String log(Hub hub) {
        try {
            return Files.readString(hub.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entries about components that failed to start, each with its causes. */
    private static List<String> entries(Hub hub, int from) {
        return Pattern.compile("(?m)^(?=\\d{4}-\\d\\d-\\d\\d \\d\\d:)")
                .splitAsStream(log(hub).substring(from))
                .filter(entry -> entry.contains("MSC000001"))
                .toList();
    }

    private static Set<String> refusedBy(List<String> entries, String... words) {
        Set<String> modules = new TreeSet<>();
        for (String entry : entries) {
            Matcher module = MODULE.matcher(entry);
            if (module.find()
                    && entry.contains("RUN-5001")
                    && List.of(words).stream().allMatch(entry::contains)) {
                modules.add(module.group(1));
            }
        }
        return modules;
    }
}
