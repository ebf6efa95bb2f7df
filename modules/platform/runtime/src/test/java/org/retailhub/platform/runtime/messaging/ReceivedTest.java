package org.retailhub.platform.runtime.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The promise: whatever lies on a queue becomes something that can be handled or parked; nothing foreign stops a drain. */
class ReceivedTest {
    private final Map<String, Object> properties = new HashMap<>(
            Map.of("messageId", "m1", "businessKey", "k1", "tenant", "acme", "sequence", 7L, "type", "Test.v1"));

    @Test
    void readsWhatASenderOfOursSent() throws Exception {
        Received received = Received.of(message(TextMessage.class, "{}"));
        assertTrue(received.wellFormed(), received.fault());
        assertEquals(7, received.envelope().sequence());
        assertEquals("k1", received.envelope().businessKey());
    }

    @Test
    void parksAMessageWhoseNumberIsNone() throws Exception {
        for (Object odd : new Object[] {true, 1.5d, "seven", new byte[0], 0L, -1L}) {
            properties.put("sequence", odd);
            Received received = Received.of(message(TextMessage.class, "{}"));
            assertFalse(received.wellFormed(), () -> "sequence " + odd);
            assertEquals("no valid property sequence", received.fault());
            assertEquals("malformed:ID:1", received.envelope().businessKey(), "it holds up no key");
        }
    }

    @Test
    void parksAMessageWithoutTextOrId() throws Exception {
        assertEquals(
                "no text message",
                Received.of(message(BytesMessage.class, null)).fault());
        properties.remove("messageId");
        assertEquals(
                "no property messageId",
                Received.of(message(TextMessage.class, "{}")).fault());
    }

    @Test
    void keepsANulCharacterOutOfTheDatabase() throws Exception {
        Received received = Received.of(message(TextMessage.class, "a\u0000b"));
        assertEquals("a\\u0000b", received.envelope().body());
    }

    @SuppressWarnings("unchecked")
    private <T extends Message> T message(Class<T> kind, String text) {
        return (T) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {kind},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getText" -> text;
                    case "getJMSType" -> properties.get("type");
                    case "getJMSMessageID" -> "ID:1";
                    case "propertyExists" -> properties.containsKey((String) arguments[0]);
                    case "getStringProperty" -> properties.get((String) arguments[0]);
                    case "getLongProperty" -> asLong(properties.get((String) arguments[0]));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** As JMS converts: whole numbers and texts of numbers, nothing else. */
    private static long asLong(Object value) throws MessageFormatException {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof String text) {
            return Long.parseLong(text);
        }
        throw new MessageFormatException("no long: " + value);
    }
}
