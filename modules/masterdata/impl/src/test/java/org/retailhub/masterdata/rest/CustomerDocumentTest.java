package org.retailhub.masterdata.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retailhub.masterdata.domain.Block;
import org.retailhub.masterdata.domain.CustomerContent;
import org.retailhub.masterdata.domain.PersonalData;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.rest.StrictJson;

class CustomerDocumentTest {
    @Test
    void readsAllThereIs() {
        Reading<CustomerContent> reading = read("""
                {"id":"C-1","erpPartner":"BP-1","active":false,"block":"credit-hold","personal":{"name":"A. Buyer",
                 "email":"a@example.org","phone":"+49 561 123456","taxId":"DE1","line1":"Lindenstrasse 14","line2":"Rear",
                 "city":"Kassel","postalCode":"34117","region":"HE","country":"DE"}}""");

        assertEquals(
                new CustomerContent(
                        "C-1",
                        "BP-1",
                        false,
                        Block.CREDIT_HOLD,
                        new PersonalData(
                                "A. Buyer",
                                "a@example.org",
                                "+49 561 123456",
                                "DE1",
                                "Lindenstrasse 14",
                                "Rear",
                                "Kassel",
                                "34117",
                                "HE",
                                "DE")),
                reading.valid());
    }

    @Test
    void needsNothingButTheIdAndThatMayStandInTheAddress() {
        assertEquals(
                new CustomerContent("C-1", null, true, null, PersonalData.NONE),
                CustomerDocument.read(json("{}"), "C-1").valid());
        assertEquals("C-1", read("{\"id\":\"C-1\"}").valid().id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | ``",
                "{} | id",
                "{\"id\":\"a@example.org\"} | id",
                "{\"id\":\"C-2\"} | id",
                "{\"id\":\"C-1\",\"erpPartner\":\"\"} | erpPartner",
                "{\"id\":\"C-1\",\"active\":\"yes\"} | active",
                "{\"id\":\"C-1\",\"block\":\"whim\"} | block",
                "{\"id\":\"C-1\",\"vip\":true} | vip",
                "{\"id\":\"C-1\",\"personal\":[]} | personal",
                "{\"id\":\"C-1\",\"personal\":{\"email\":\"nobody\"}} | personal.email",
                "{\"id\":\"C-1\",\"personal\":{\"email\":\"a b@example.org\"}} | personal.email",
                "{\"id\":\"C-1\",\"personal\":{\"email\":null}} | personal.email",
                "{\"id\":\"C-1\",\"personal\":{\"phone\":\"call me\"}} | personal.phone",
                "{\"id\":\"C-1\",\"personal\":{\"country\":\"Germany\"}} | personal.country",
                "{\"id\":\"C-1\",\"personal\":{\"birthday\":\"1980-01-01\"}} | personal.birthday"
            })
    void namesTheFaultyField(String body, String field) {
        Reading<CustomerContent> reading =
                CustomerDocument.read(json(body), field.equals("id") && body.contains("C-2") ? "C-1" : null);

        assertEquals(
                List.of(field),
                reading.violations().stream().map(Violation::field).distinct().toList());
    }

    @Test
    void neverRepeatsWhatItRefuses() {
        String personal =
                "{\"id\":\"C-1\",\"personal\":{\"name\":\" Abel Buyer\",\"email\":\"abel at example.org\",\"phone\":\"x561x\",\"country\":\"Deutschland\"}}";
        Reading<CustomerContent> reading = read(personal);

        assertFalse(reading.isValid());
        assertEquals(4, reading.violations().size());
        for (String said : List.of("Abel", "abel", "561", "Deutschland")) {
            assertTrue(
                    reading.violations().stream()
                            .noneMatch(each -> each.message().contains(said)),
                    said);
        }
    }

    private static Reading<CustomerContent> read(String body) {
        return CustomerDocument.read(json(body), null);
    }

    private static JsonNode json(String body) {
        return StrictJson.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
