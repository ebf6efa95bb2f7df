package org.retailhub.platform.runtime.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retailhub.platform.kernel.RetailException;

class WireTimeTest {
    @Test
    void readsATimeWithItsZone() {
        assertEquals(Instant.parse("2026-11-23T09:00:00Z"), WireTime.instant("from", "2026-11-23T10:00:00+01:00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-11-23",
                "2026-11-23T10:00:00",
                "2026-02-30T10:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "1899-12-31T23:59:59Z"
            })
    void refusesWhatNoDatabaseHoldsAndNamesTheField(String text) {
        RetailException e = assertThrows(RetailException.class, () -> WireTime.instant("from", text));
        assertEquals("RUN-1006", e.code().code());
        assertEquals("from", e.field().orElseThrow());
    }
}
