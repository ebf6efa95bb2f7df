package org.retailhub.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class CodedJsonFormatterTest {
    private static JsonNode line(String message, Throwable thrown) throws IOException {
        ExtLogRecord record = new ExtLogRecord(Level.WARN, message, ExtLogRecord.FormatStyle.NO_FORMAT, "test");
        record.setLoggerName("org.retailhub.erp");
        record.setThrown(thrown);
        String written = new CodedJsonFormatter().format(record);
        assertTrue(written.endsWith("\n") && written.indexOf('\n') == written.length() - 1, "one line: " + written);
        return new ObjectMapper().readTree(written);
    }

    @Test
    void theCodeIsAFieldOfItsOwn() throws IOException {
        JsonNode line = line("ERP-2003 erp.postings.idempiere: parked PostOrder.v1", null);
        assertEquals("ERP-2003", line.path("code").asText());
        assertEquals("WARN", line.path("level").asText());
        assertEquals("org.retailhub.erp", line.path("loggerName").asText());
        assertTrue(line.path("message").asText().startsWith("ERP-2003 "));
        assertTrue(line.has("timestamp"));
    }

    @Test
    void theServersOwnCodesCountToo() throws IOException {
        assertEquals("WFLYSRV0025", CodedJsonFormatter.codeOf("WFLYSRV0025: WildFly started"));
        assertEquals("AMQ222165", CodedJsonFormatter.codeOf("AMQ222165: No dead letter address"));
        assertEquals("RUN-5001", CodedJsonFormatter.codeOf("WFLYX: no, RUN-5001 the server is not fit"));
        assertNull(CodedJsonFormatter.codeOf("nothing of the kind, A-1"));
        assertNull(CodedJsonFormatter.codeOf(null));
        assertFalse(line("a line without", null).has("code"));
    }

    @Test
    void aStackIsInTheSameLine() throws IOException {
        JsonNode line = line("RUN-9999 failed", new IllegalStateException("why", new IOException("deeper")));
        assertTrue(line.toString().contains("deeper"), line::toString);
    }
}
