package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A file of counts is taken in by a server of 512 MiB that is killed in the middle of it: what is alive of its heap does not grow with the file,
 * and the job goes on at the broken line. Each line is taken once, and each correction is booked once.
 */
@Tag("deep")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotIT {
    private static final int HEAP_MEBIBYTES = 512;
    /** The file alone has 36 MiB, and the lines that are read from it ten times as much. */
    private static final long MOST_GROWTH = 24L << 20;

    private Hub hub;
    private World world;

    @BeforeAll
    void start() {
        hub = Hub.withoutServer(new Hub.Variant("snapshots", text -> text, ""));
        hub.heap(HEAP_MEBIBYTES);
        hub.startServer();
        hub.makeOperatorKey();
        world = World.on(hub, "acme");
        World.require(
                world.operator().put("/api/inventory/v1/tolerances?tenant=acme&source=wms-1", "{\"correctUnits\":10}"));
    }

    @AfterAll
    void end() {
        hub.close();
    }

    @Test
    void aKilledServerGoesOnAtTheBrokenLine() throws Exception {
        takes("short", 8_000);
    }

    @Test
    void aMillionRowsTakeNoMoreMemoryThanAThousand() throws Exception {
        takes("long", 1_000_000);
    }

    private void takes(String name, int rows) throws Exception {
        Path file = file(name, rows);
        // What every snapshot needs is there before it is measured.
        await(send("warm-" + name, file("warm-" + name, 1_000)), 1_000);
        long before = hub.management().live();
        String id = send(name, file);
        long most = hub.management().live();
        long killedAt = killInTheMiddle(id, rows);
        hub.startServer();
        most = Math.max(most, live(id, rows));
        await(id, rows);
        assertEquals("true true " + killedAt, one("""
                select (count(*) > 1) || ' ' || bool_or(s.batchstatus = 'COMPLETED') || ' ' || %d
                from job_execution e join step_execution s using (jobexecutionid)
                where e.jobparameters like '%%%s%%' and s.stepname = 'lines'""".formatted(killedAt, id)), "a job that was started again");
        assertEquals(
                (rows - rows / 1_000) + " " + (rows - rows / 1_000),
                one("select count(*) || ' ' || count(distinct line) from snapshot_count where snapshot_id = '" + id
                        + "'"));
        assertEquals(
                Integer.toString(rows / 1_000),
                one("select count(*) from snapshot_fault where snapshot_id = '" + id + "'"));
        assertEquals(
                rows / 100 + " " + rows / 100,
                one(
                        "select count(*) || ' ' || count(distinct sku) from movement where feed = ':snapshots' and document like '"
                                + id + "/%'"));
        assertEquals(
                0,
                world.operator()
                        .get("/api/inventory/v1/verification?tenant=acme")
                        .body()
                        .path("faults")
                        .size());
        long grown = most - before;
        System.out.println("snapshot of " + rows + " rows: killed at line " + killedAt + ", " + (grown >> 20)
                + " MiB more alive than before");
        assertTrue(grown < MOST_GROWTH, () -> grown + " bytes more are alive");
    }

    /** In ten a line of the hundred is more than there is: corrected at once; one of a thousand says nothing. */
    private static Path file(String name, int rows) throws IOException {
        Path file = Files.createTempFile(Path.of(System.getProperty("retail.target")), "snapshot", ".csv");
        file.toFile().deleteOnExit();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("sku,location,quantity\n");
            for (int i = 0; i < rows; i++) {
                String counted = i % 1_000 == 5 ? "many" : i % 100 == 7 ? "3" : "0";
                out.write("ARTICLE-%s-%07d,warehouse-1,%s\n".formatted(name, i, counted));
            }
        }
        return file;
    }

    private String send(String name, Path file) {
        Shop.Answer answer = World.require(world.warehouse()
                .sendFile(
                        "/api/inventory/v1/snapshots?source=wms-1&system=wms&takenAt=2026-11-23T10:00:00Z&snapshot="
                                + name,
                        "text/csv",
                        file));
        assertEquals(202, answer.status());
        return answer.text("snapshotId");
    }

    /** While the test holds the snapshot's row, the job stands between two chunks. @return the last line that is in */
    private long killInTheMiddle(String id, int rows) throws SQLException {
        try (Connection connection = DriverManager.getConnection(hub.jdbcUrl("retailhub", "postgres"));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (true) {
                try (ResultSet row = statement.executeQuery(
                        "select done_line from inventory.snapshot where snapshot_id = '" + id + "' for update")) {
                    row.next();
                    long line = row.getLong(1);
                    if (line > rows / 4) {
                        assertTrue(line < rows, "it was in the middle: " + line);
                        hub.kill();
                        connection.rollback();
                        return line;
                    }
                }
                connection.rollback();
                Probe.pause();
            }
        }
    }

    /** Of the job, as long as it is at work. */
    private long live(String id, int rows) throws SQLException {
        long most = 0;
        for (int i = 1; i <= 4; i++) {
            long line = rows / 4 + (long) i * rows / 6;
            Probe.until("line " + line, Duration.ofMinutes(10), () -> line(id) >= line, () -> "line " + line(id));
            most = Math.max(most, hub.management().live());
        }
        return most;
    }

    private long line(String id) {
        return world.warehouse()
                .get("/api/inventory/v1/snapshots/" + id)
                .body()
                .path("doneLine")
                .asLong();
    }

    private void await(String id, int rows) {
        Probe.until(
                "the end of the snapshot",
                Duration.ofMinutes(10),
                () -> "done"
                        .equals(world.warehouse()
                                .get("/api/inventory/v1/snapshots/" + id)
                                .text("state")),
                () -> world.warehouse().get("/api/inventory/v1/snapshots/" + id) + hub.lastLines());
        assertEquals(rows + 1, line(id));
    }

    private String one(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(hub.jdbcUrl("retailhub", "inventory_app"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
