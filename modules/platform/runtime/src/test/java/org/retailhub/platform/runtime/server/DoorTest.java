package org.retailhub.platform.runtime.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

class DoorTest {
    @TempDir
    private Path folder;

    @AfterEach
    void forgetTheLimit() {
        System.clearProperty(JournalSpace.LIMIT_PROPERTY);
    }

    @Test
    void refusesWhileTheJournalsDiskIsNearlyFull() {
        System.setProperty(JournalSpace.LIMIT_PROPERTY, "-1");
        RetailException refusal = assertThrows(RetailException.class, door(folder.resolve("not-there-yet"))::admit);

        assertEquals(RuntimeError.JOURNAL_FULL, refusal.code());
        assertEquals(503, refusal.kind().httpStatus());
    }

    @Test
    void letsInWhileThereIsRoom() {
        System.setProperty(JournalSpace.LIMIT_PROPERTY, "100");
        assertDoesNotThrow(door(folder)::admit);
    }

    @Test
    void refusesBehindTheFence() throws IOException {
        System.setProperty(JournalSpace.LIMIT_PROPERTY, "100");
        Files.createFile(folder.resolve("fence"));

        assertEquals(
                RuntimeError.FENCED,
                assertThrows(RetailException.class, door(folder)::admit).code());
    }

    private Door door(Path journal) {
        return new Door(new ServerState(folder.resolve("fence")), new JournalSpace(journal));
    }
}
