package org.retailhub.platform.runtime.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

class DoorTest {
    @TempDir
    private Path folder;

    private long waiting;

    @AfterEach
    void forgetTheLimit() {
        System.clearProperty(JournalSpace.LIMIT_PROPERTY);
    }

    @Test
    void refusesWhileTheJournalsDiskIsNearlyFull() {
        System.setProperty(JournalSpace.LIMIT_PROPERTY, "-1");
        RetailException refusal = assertThrows(RetailException.class, () -> door(folder.resolve("not-there-yet"))
                .admit(Lane.ORDER));

        assertEquals(RuntimeError.JOURNAL_FULL, refusal.code());
        assertEquals(503, refusal.kind().httpStatus());
    }

    @Test
    void letsInWhileThereIsRoom() {
        System.setProperty(JournalSpace.LIMIT_PROPERTY, "106");
        assertDoesNotThrow(() -> door(folder).admit(Lane.CATALOGUE));
    }

    /** As full as the disk is: the limit is put just above it, so that a lane's points are what shuts it. */
    @Test
    void shutsLessUrgentLanesWhileThereIsStillRoomForOrders() throws IOException {
        FileStore disk = Files.getFileStore(folder);
        long used = Math.round(100.0 - 100.0 * disk.getUsableSpace() / disk.getTotalSpace());
        System.setProperty(JournalSpace.LIMIT_PROPERTY, Long.toString(used + 3));
        assertDoesNotThrow(() -> door(folder).admit(Lane.ORDER));
        assertDoesNotThrow(() -> door(folder).admit(Lane.STOCK));
        assertEquals(
                RuntimeError.JOURNAL_FULL,
                assertThrows(RetailException.class, () -> door(folder).admit(Lane.CATALOGUE))
                        .code());
    }

    @Test
    void refusesWhileTooMuchWaits() {
        System.setProperty(JournalSpace.LIMIT_PROPERTY, "106");
        waiting = 10_000_000;
        assertEquals(
                RuntimeError.SHED,
                assertThrows(RetailException.class, () -> door(folder).admit(Lane.ORDER))
                        .code());
    }

    @Test
    void asksABrokerElsewhereAndLetsInWhatItDoesNotRefuse() {
        AtomicReference<OptionalLong> used = new AtomicReference<>(OptionalLong.of(86));

        assertThrows(RetailException.class, () -> new JournalSpace(used::get).admit(Lane.ORDER));
        used.set(OptionalLong.of(85));
        assertDoesNotThrow(() -> new JournalSpace(used::get).admit(Lane.ORDER));
        used.set(OptionalLong.empty());
        assertDoesNotThrow(() -> new JournalSpace(used::get).admit(Lane.ORDER), "the transaction itself finds out");
    }

    @Test
    void letsOnlySoManyOfALaneInAtATimeAndOthersBesideThem() {
        System.setProperty(JournalSpace.LIMIT_PROPERTY, "106");
        Door door = door(folder);
        assertEquals("in", nested(door, Door.AT_ONCE, () -> {
            RetailException refusal =
                    assertThrows(RetailException.class, () -> door.through(Lane.CATALOGUE, () -> "one too many"));
            assertEquals(RuntimeError.SHED, refusal.code());
            return door.through(Lane.STOCK, () -> "in");
        }));
        assertThrows(
                IllegalStateException.class,
                () -> door.through(Lane.CATALOGUE, () -> {
                    throw new IllegalStateException("failed inside");
                }));
        assertEquals("again", nested(door, Door.AT_ONCE, () -> "again"), "each gave its place back");
    }

    /** So many are in the lane when the work is done. */
    private static String nested(Door door, int times, Supplier<String> work) {
        return times == 0 ? work.get() : door.through(Lane.CATALOGUE, () -> nested(door, times - 1, work));
    }

    @Test
    void takesTheLimitOfTheEnvironmentIfItIsOne() {
        assertEquals(98, JournalSpace.limit("98"));
        for (String none : new String[] {null, "", "0", "101", "-1", "many"}) {
            assertEquals(85, JournalSpace.limit(none), none);
        }
    }

    @Test
    void refusesBehindTheFence() throws IOException {
        System.setProperty(JournalSpace.LIMIT_PROPERTY, "100");
        Files.createFile(folder.resolve("fence"));

        assertEquals(
                RuntimeError.FENCED,
                assertThrows(RetailException.class, () -> door(folder).admit(Lane.ORDER))
                        .code());
    }

    private Door door(Path journal) {
        return new Door(
                new ServerState(folder.resolve("fence")),
                new JournalSpace(journal),
                new Backlog(() -> waiting, System::nanoTime));
    }
}
