package org.retailhub.platform.runtime.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.PreparedBranches;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.platform.testkit.OneConnection;

/** The promise: a branch of this module's roles that nobody finishes is named once, with what a person needs to find its owner. */
class BranchWatchTest {
    private static final String GID = gid("retail-7");
    private static TemporaryPostgres postgres;

    private final Hands clock = new Hands(Instant.now());
    private final List<String> alarms = new ArrayList<>();
    private OneConnection module;
    private OneConnection erp;

    /** As the driver writes a branch of Narayana: its global id is 28 bytes of its own, then the node. */
    private static String gid(String node) {
        byte[] global = ("x".repeat(28) + node).getBytes(StandardCharsets.UTF_8);
        return "131077_" + Base64.getEncoder().encodeToString(global) + "_AAAA";
    }

    @BeforeAll
    static void startPostgres() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        module = new OneConnection(postgres.url("erp_app"));
        erp = new OneConnection(postgres.erpUrl("retailhub_if"));
    }

    @AfterEach
    void finishAll() throws SQLException {
        module.close();
        erp.close();
        for (String url : urls()) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement list = connection.createStatement();
                    Statement finish = connection.createStatement();
                    ResultSet left = list.executeQuery(
                            "select gid from pg_prepared_xacts where owner = current_user and database = current_database()")) {
                while (left.next()) {
                    finish.execute("rollback prepared '" + left.getString(1) + "'");
                }
            }
        }
    }

    private static List<String> urls() {
        return List.of(postgres.url("erp_app"), postgres.url("order_app"), postgres.erpUrl("retailhub_if"));
    }

    private static void prepare(String url, String gid) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("begin");
            statement.execute("prepare transaction '" + gid + "'");
        }
    }

    private static void finish(String url, String gid) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("commit prepared '" + gid + "'");
        }
    }

    /** The watch of one database, with its lease in the module's own. */
    private BranchWatch watch(OneConnection watched) {
        Database lease = new Database(module);
        BranchWatch watch = new BranchWatch(
                "test", new PreparedBranches(clock, new Database(watched)), transactions(), lease, clock, alarms::add);
        watch.prepare();
        module.commit();
        return watch;
    }

    private Transactions transactions() {
        return new Transactions(
                (UserTransaction) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {UserTransaction.class},
                        (proxy, method, arguments) -> {
                            switch (method.getName()) {
                                case "commit":
                                    throw new AssertionError("to look leaves nothing to commit");
                                case "rollback":
                                    module.rollback();
                                    erp.rollback();
                                    return null;
                                case "getStatus":
                                    return Status.STATUS_ACTIVE;
                                default:
                                    return null;
                            }
                        }),
                60);
    }

    @Test
    void namesABranchOnceWhenItIsOlderThanAMinute() throws SQLException {
        BranchWatch watch = watch(module);
        prepare(postgres.url("erp_app"), GID);
        clock.forward(Duration.ofSeconds(59));
        assertEquals(Duration.ofSeconds(15), watch.step().pause());
        assertEquals(List.of(), alarms);
        clock.forward(Duration.ofSeconds(15));
        watch.step();
        clock.forward(Duration.ofSeconds(15));
        watch.step();
        assertEquals(1, alarms.size(), alarms::toString);
        String alarm = alarms.get(0);
        assertTrue(alarm.matches("RUN-5003 a branch has been prepared for 7[234] s .*"), alarm);
        assertTrue(
                alarm.contains(GID + ", database retailhub, role erp_app, node 'retail-7'")
                        && alarm.contains("Start the server of that node")
                        && alarm.contains("docs/runbooks/prepared-transactions.md"),
                alarm);
    }

    @Test
    void forgetsABranchThatIsFinished() throws SQLException {
        BranchWatch watch = watch(module);
        prepare(postgres.url("erp_app"), GID);
        prepare(postgres.url("erp_app"), "stays");
        clock.forward(Duration.ofMinutes(2));
        watch.step();
        assertEquals(2, alarms.size());
        finish(postgres.url("erp_app"), GID);
        watch.step();
        prepare(postgres.url("erp_app"), GID);
        watch.step();
        assertEquals(3, alarms.size(), "another branch, not the one that was named");
        assertTrue(alarms.get(2).contains(GID));
    }

    @Test
    void looksAtItsOwnRoleAndDatabaseOnly() throws SQLException {
        prepare(postgres.url("order_app"), "of another module");
        prepare(postgres.erpUrl("retailhub_if"), "in the ERP database");
        clock.forward(Duration.ofMinutes(2));
        watch(module).step();
        assertEquals(List.of(), alarms);
        watch(erp).step();
        assertEquals(1, alarms.size(), alarms::toString);
        assertTrue(
                alarms.get(0).contains("in the ERP database, database idempiere, role retailhub_if, node unknown"),
                alarms::toString);
    }

    @Test
    void looksAgainAsUsualWhenTheDatabaseWasAway() throws SQLException {
        BranchWatch watch = watch(erp);
        prepare(postgres.erpUrl("retailhub_if"), GID);
        clock.forward(Duration.ofMinutes(2));
        erp.breakOff();
        assertEquals(Loop.Next.after(Duration.ofSeconds(15)), watch.step());
        assertEquals(List.of(), alarms);
        erp.comeBack();
        watch.step();
        assertEquals(1, alarms.size());
    }

    @Test
    void leavesTheLookToTheServerThatHasTheLease() throws SQLException {
        BranchWatch watch = watch(module);
        prepare(postgres.url("erp_app"), GID);
        clock.forward(Duration.ofMinutes(2));
        try (OneConnection another = new OneConnection(postgres.url("erp_app"))) {
            assertTrue(new Lease(new Database(another), watch.name()).take());
            watch.step();
            assertEquals(List.of(), alarms);
            another.rollback();
            watch.step();
            assertEquals(1, alarms.size());
        }
    }
}
