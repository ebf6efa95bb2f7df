package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator gets to see of a transaction between prepare and commit: by the hub, and by the statement of the runbook. */
class PreparedTransactionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> BOTH =
            Set.of("retailhub, erp_app, retail-test", "idempiere, retailhub_if, retail-test");

    @Test
    void operatorSeesBothDatabasesAndTheNodeThatOwnsTheBranches() throws IOException {
        World world = World.shared();
        Hub hub = world.hub();
        hub.erp().normal();
        String statement = statementOfTheRunbook();
        hub.faults().hold(KillMatrix.postings("erp | before commit"));
        try {
            world.shop().place(Order.of(World.CHANNEL, "prepared-1", World.sku(1)));
            Probe.until("a drain between prepare and commit", PATIENCE, hub.faults()::fired, () -> hub.faults()
                    .points());
            assertEquals(BOTH, seenByTheHub(world, "0"));
            assertEquals(Set.of(), seenByTheHub(world, "3600"));
            // Of all roles: another module may be committing just now.
            Set<String> seenByTheRunbook = new TreeSet<>(hub.books()
                    .query(
                            "postgres",
                            statement,
                            row -> row.getString(1) + ", " + row.getString(2) + ", " + row.getString("node")));
            assertTrue(seenByTheRunbook.containsAll(BOTH), seenByTheRunbook::toString);
            Shop.Answer partner = world.shop().get("/api/erp/v1/hospital/prepared-transactions");
            assertEquals(403, partner.status(), "for operators only");
        } finally {
            hub.faults().release();
        }
        hub.books().awaitHandled(PATIENCE);
        hub.books().awaitNothingPrepared(PATIENCE);
    }

    /** Takes as long as a branch has to stay until it counts as forgotten. */
    @Test
    @Tag("deep")
    void logNamesWhatNobodyFinishesAndSaysWhenItIsGone() throws IOException, SQLException {
        Hub hub = World.shared().hub();
        Map<String, String> urls = Map.of(
                "by hand in the hub", hub.jdbcUrl("retailhub", "erp_app"),
                "by hand in the ERP", hub.jdbcUrl("idempiere", "retailhub_if"));
        long before = Files.size(hub.log());
        for (Map.Entry<String, String> each : urls.entrySet()) {
            execute(each.getValue(), "begin", "prepare transaction '" + each.getKey() + "'");
        }
        Duration minuteAndLook = Duration.ofSeconds(100);
        for (String gid : urls.keySet()) {
            awaitLog(hub, before, "RUN-5003 a branch has been prepared for ", gid, minuteAndLook);
        }
        for (Map.Entry<String, String> each : urls.entrySet()) {
            execute(each.getValue(), "rollback prepared '" + each.getKey() + "'");
        }
        for (String gid : urls.keySet()) {
            awaitLog(hub, before, "RUN-5003 the branch ", gid + " is finished", minuteAndLook);
        }
    }

    private static void awaitLog(Hub hub, long from, String begin, String end, Duration patience) {
        Probe.until(
                begin + "… " + end,
                patience,
                () -> {
                    try (InputStream log = Files.newInputStream(hub.log())) {
                        log.skipNBytes(from);
                        return new String(log.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .anyMatch(line -> line.contains(begin) && line.contains(end));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                hub::lastLines);
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static Set<String> seenByTheHub(World world, String olderThanSeconds) {
        Set<String> seen = new TreeSet<>();
        for (JsonNode each : World.require(world.operator()
                        .get("/api/erp/v1/hospital/prepared-transactions?olderThanSeconds=" + olderThanSeconds))
                .body()) {
            seen.add(each.path("database").asText() + ", " + each.path("role").asText() + ", "
                    + each.path("node").asText());
        }
        return seen;
    }

    private static String statementOfTheRunbook() throws IOException {
        Path runbook = Path.of(System.getProperty("retail.checkout"), "docs/runbooks/prepared-transactions.md");
        Matcher sql = Pattern.compile("```sql\n(select [^`]*pg_prepared_xacts[^`;]*);\n```")
                .matcher(Files.readString(runbook));
        assertTrue(sql.find(), "the runbook has its statement");
        return sql.group(1);
    }
}
