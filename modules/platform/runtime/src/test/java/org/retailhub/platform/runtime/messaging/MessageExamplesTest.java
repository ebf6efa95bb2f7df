package org.retailhub.platform.runtime.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.retailhub.platform.testkit.MessageExamples.assertWritten;
import static org.retailhub.platform.testkit.MessageExamples.payload;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every sender tells beside its messages, as {@code docs/asyncapi.yaml} shows it. */
class MessageExamplesTest {
    @Test
    void aCensusIsWrittenAndUnderstood() {
        Map<String, Long> highest = Census.read(payload(Census.TYPE));
        assertEquals(Map.of("acme/shop-eu/README-1", 3L, "acme/shop-eu/README-2", 1L), highest);
        assertWritten(Census.TYPE, Census.write(highest));
    }
}
