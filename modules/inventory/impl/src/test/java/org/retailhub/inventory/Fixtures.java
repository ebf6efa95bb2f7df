package org.retailhub.inventory;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.inventory.messaging.InventoryCommands;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.OneConnection;
import org.retailhub.platform.testkit.RecordingBroker;

/** Situations that tests begin with. */
final class Fixtures {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final String TRACE = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";

    private Fixtures() {}

    static PGSimpleDataSource application(TemporaryPostgres postgres) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("inventory_app"));
        return dataSource;
    }

    /** The module's classes on one connection: a transaction that the test ends. */
    static final class Hub implements AutoCloseable {
        final OneConnection connection;
        final Database database;
        final RecordingBroker broker = new RecordingBroker();
        final MessageSender sender;
        final Stock stock;
        final Movements movements;
        final MovementIntake movementIntake;
        final Reservations reservations;
        final Rules rules;
        final Reserving reserving;
        final Settling settling;
        final ReservationIntake reservationIntake;
        final SettlingIntake settlingIntake;
        final StockQuestions questions;

        Hub(DataSource dataSource, Clock clock) {
            connection = new OneConnection(dataSource);
            database = new Database(connection);
            sender = new MessageSender(database, broker.factory(), Map.of(InventoryQueues.EVENTS, broker.queue), clock);
            stock = new Stock(database, sender, new Ulid(clock), clock);
            movements = new Movements(database, stock);
            movementIntake = new MovementIntake(movements, stock);
            Ulid ids = new Ulid(clock);
            reservations = new Reservations(database);
            rules = new Rules(database, stock, sender, ids);
            reserving = new Reserving(reservations, rules, ids);
            settling = new Settling(reservations, ids);
            reservationIntake = new ReservationIntake(reserving, stock);
            settlingIntake = new SettlingIntake(settling, stock);
            questions = new StockQuestions(database, clock);
        }

        InventoryCommands commands(Clock clock) {
            return new InventoryCommands(movements, reserving, settling, new ErpKnowledge(database), stock, clock);
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    static Telling telling(String tenant, long sequence, MovementKind kind, String sku, String quantity) {
        return telling(tenant, "pos-1", sequence, kind, sku, "berlin-1", quantity);
    }

    static Telling telling(
            String tenant,
            String feed,
            long sequence,
            MovementKind kind,
            String sku,
            String location,
            String quantity) {
        return new Telling(
                tenant,
                new MovementDocument(
                        feed,
                        sequence,
                        null,
                        null,
                        kind,
                        sku,
                        location,
                        new BigDecimal(quantity).setScale(3),
                        "EA",
                        NOON,
                        null,
                        null,
                        null,
                        false),
                TRACE);
    }
}
