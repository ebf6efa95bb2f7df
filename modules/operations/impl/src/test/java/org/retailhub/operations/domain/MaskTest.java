package org.retailhub.operations.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskTest {
    private static final String ORDER = """
            {"channel":"shop-eu","channelOrderId":"1001","currency":"EUR","test":false,
             "customer":{"email":"a@example.org","name":"A. Buyer","phone":4915112345678},
             "shipTo":{"name":"A. Buyer","line1":"Lindenstrasse 14","city":"Kassel","postalCode":"34117","country":"DE"},
             "lines":[{"lineId":"1","sku":"MUG-WHITE","quantity":2,"unitPrice":"6.15","discounts":[{"amount":"1.00","reason":"for Anna"}]}],
             "metadata":{"note":"ring twice"},"notes":"call 0561 1234","placedAt":"2026-11-23T10:00:00+01:00"}""";

    @Test
    void goodsMoneyAndNumbersStay() {
        JsonNode masked = Mask.json(ORDER);
        assertEquals("1001", masked.path("channelOrderId").asText());
        assertEquals("MUG-WHITE", masked.at("/lines/0/sku").asText());
        assertEquals(2, masked.at("/lines/0/quantity").asInt());
        assertEquals("6.15", masked.at("/lines/0/unitPrice").asText());
        assertEquals("DE", masked.at("/shipTo/country").asText());
        assertEquals("2026-11-23T10:00:00+01:00", masked.path("placedAt").asText());
        assertTrue(masked.path("test").isBoolean());
    }

    @Test
    void whoItIsGoes() {
        String masked = Mask.json(ORDER).toString();
        for (String secret :
                List.of("example.org", "Buyer", "Linden", "Kassel", "34117", "Anna", "twice", "0561", "49151")) {
            assertFalse(masked.contains(secret), secret + " in " + masked);
        }
    }

    @Test
    void aFieldThatNobodyListedGoes() {
        assertEquals(
                "{\"brandNew\":\"•••\"}", Mask.json("{\"brandNew\":\"Erika\"}").toString());
        assertEquals("{\"brandNew\":\"•••\"}", Mask.json("{\"brandNew\":12.5}").toString());
    }

    @Test
    void aListedFieldWithAnAddressInItGoes() {
        assertEquals(
                "{\"id\":\"•••\"}", Mask.json("{\"id\":\"erika@example.org\"}").toString());
    }

    @Test
    void whatIsNoJsonGoesAsAWhole() {
        assertEquals("\"•••\"", Mask.json("UNB+UNOC:3+Erika").toString());
        assertEquals("\"•••\"", Mask.json("").toString());
        assertEquals("\"•••\"", Mask.json("{\"id\":1} Erika").toString());
        assertEquals("\"•••\"", Mask.json("\"Erika\"").toString());
    }

    @Test
    void numbersKeepTheirDigits() {
        assertEquals(
                "{\"id\":9007199254740993,\"price\":1.10}",
                Mask.json("{\"id\":9007199254740993,\"price\":1.10}").toString());
    }

    @Test
    void quotedValuesAndAddressesLeaveOurWords() {
        assertEquals("CHN-1004 email: '•••' of •••", Mask.words("CHN-1004 email: 'Erika' of erika@example.org"));
    }
}
