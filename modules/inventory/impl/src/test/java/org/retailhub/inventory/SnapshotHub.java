package org.retailhub.inventory;

import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.retailhub.inventory.SnapshotIntake.Coming;
import org.retailhub.inventory.SnapshotIntake.Taken;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.canonical.SnapshotHeader;
import org.retailhub.inventory.canonical.SnapshotLine;
import org.retailhub.inventory.domain.Tolerance;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.tx.Transactions;

/** The hub of {@link Fixtures} with what takes snapshots in; chunks as the batch runtime would call them. */
final class SnapshotHub implements AutoCloseable {
    static final int CHUNK = 10;

    final Fixtures.Hub hub;
    final Transactions transactions;
    final Snapshots snapshots;
    final Drifts drifts;
    final Tolerances tolerances;
    final Counting counting;
    final DriftDesk desk;
    final FeedExpectations expectations;
    final Feeds feeds;
    final SnapshotIntake intake;
    final String tenant;
    private final Clock clock;

    SnapshotHub(DataSource dataSource, Clock clock, String tenant) {
        this.tenant = tenant;
        this.clock = clock;
        hub = new Fixtures.Hub(dataSource, clock);
        transactions = new Transactions(
                (UserTransaction) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {UserTransaction.class}, (proxy, method, none) -> {
                            switch (method.getName()) {
                                case "commit" -> hub.connection.commit();
                                case "rollback" -> hub.connection.rollback();
                                case "getStatus" -> {
                                    return Status.STATUS_ACTIVE;
                                }
                                default -> {
                                    // Begins by itself.
                                }
                            }
                            return null;
                        }),
                60);
        snapshots = new Snapshots(hub.database);
        drifts = new Drifts(hub.database);
        tolerances = new Tolerances(hub.database, hub.stock, hub.rules);
        Ulid ids = new Ulid(clock);
        counting = new Counting(hub.database, snapshots, drifts, tolerances, hub.stock, ids);
        desk = new DriftDesk(hub.database, drifts, hub.stock, hub.rules);
        expectations = new FeedExpectations(hub.database, hub.rules, clock);
        feeds = new Feeds(hub.database);
        intake = new SnapshotIntake(snapshots, feeds, transactions, hub.stock, ids);
    }

    SnapshotRuns runs(String node, SnapshotRuns.Jobs jobs) {
        Lease lease = new Lease(hub.database, "snapshot-jobs-" + tenant);
        lease.register();
        hub.connection.commit();
        return new SnapshotRuns(snapshots, transactions, hub.stock, lease, jobs, node);
    }

    void record(Movements.Telling... told) {
        transactions.call(() -> hub.movementIntake.write(List.of(told), true));
    }

    static Movements.Telling told(
            String tenant, String feed, long number, MovementKind kind, String sku, String quantity, Instant at) {
        Movements.Telling some = Fixtures.telling(tenant, feed, number, kind, sku, "berlin-1", quantity);
        var m = some.movement();
        return new Movements.Telling(
                tenant,
                new org.retailhub.inventory.canonical.MovementDocument(
                        m.feed(),
                        m.sequence(),
                        m.document(),
                        m.line(),
                        m.kind(),
                        m.sku(),
                        m.location(),
                        m.quantity(),
                        m.unit(),
                        at,
                        m.reference(),
                        m.reason(),
                        m.channel(),
                        m.erpKnows()),
                some.traceparent());
    }

    void tolerate(String ignore, String percent, String correct) {
        transactions.call(() -> {
            tolerances.set(
                    "operator",
                    tenant,
                    new Tolerance(
                            "", "", "", new BigDecimal(ignore), new BigDecimal(percent), new BigDecimal(correct)));
            return true;
        });
    }

    Taken send(String key, Instant takenAt, String... lines) {
        return send("wms-1", "wms", key, takenAt, lines);
    }

    Taken send(String source, String system, String key, Instant takenAt, String... lines) {
        String text = "sku,location,quantity\n" + String.join("\n", lines);
        return intake.take(
                new Coming(tenant, new SnapshotHeader(source, key, system, takenAt), "csv", "partner", Fixtures.TRACE),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** All of it. */
    Snapshots.Known count(Taken taken) {
        String id = taken.snapshot().id();
        process(id);
        while (chunk(id)) {
            // One after the other.
        }
        transactions.call(() -> {
            snapshots.finish(id, clock.instant());
            return true;
        });
        return snapshots.of(id).orElseThrow();
    }

    /** As the one that claims it does. */
    void process(String id) {
        hub.database.update("update snapshot set state = 'processing' where snapshot_id = ?", id);
        hub.connection.commit();
    }

    /** The next chunk. @return whether there was one */
    boolean chunk(String id) {
        return transactions.call(() -> {
            SnapshotReader reader =
                    new SnapshotReader(snapshots, snapshots.of(id).orElseThrow());
            List<SnapshotLine> lines = read(reader);
            if (!lines.isEmpty()) {
                counting.take(reader.snapshot(), lines, "node-1");
            }
            return !lines.isEmpty();
        });
    }

    static List<SnapshotLine> read(SnapshotReader reader) {
        List<SnapshotLine> lines = new ArrayList<>();
        for (SnapshotLine line = reader.next(); line != null; line = lines.size() < CHUNK ? reader.next() : null) {
            lines.add(line);
        }
        return lines;
    }

    List<Drifts.Drift> drift(String state) {
        List<Drifts.Drift> found = drifts.of(new Drifts.Question(tenant, "", state, "", "", "", ""), 1_000);
        hub.connection.commit();
        return found;
    }

    String one(String sql) {
        return hub.database.queryOne(sql, row -> row.getString(1), tenant).orElse("none");
    }

    @Override
    public void close() {
        hub.close();
    }
}
