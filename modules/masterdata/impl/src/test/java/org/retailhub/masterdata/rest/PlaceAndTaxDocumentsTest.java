package org.retailhub.masterdata.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retailhub.masterdata.api.Fulfilment;
import org.retailhub.masterdata.domain.LocationContent;
import org.retailhub.masterdata.domain.TaxCodeContent;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.rest.StrictJson;

class PlaceAndTaxDocumentsTest {
    @Test
    void readsAPlace() {
        assertEquals(
                new LocationContent(
                        "S1",
                        "store",
                        "Kassel",
                        "HQ",
                        "WH-1",
                        "Lindenstrasse 14",
                        "Kassel",
                        "34117",
                        "HE",
                        "DE",
                        new BigDecimal("51.31271"),
                        new BigDecimal("9.50000"),
                        true,
                        Fulfilment.UNSAID),
                LocationDocument.read(json("""
                                        {"id":"S1","kind":"store","name":"Kassel","legalEntity":"HQ","erpWarehouse":"WH-1",
                                         "line1":"Lindenstrasse 14","city":"Kassel","postalCode":"34117","region":"HE","country":"DE",
                                         "latitude":"51.312706","longitude":"9.5"}"""), null).valid());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"store\",\"name\":\"n\"} | id",
                "{\"id\":\"S1\",\"name\":\"n\"} | kind",
                "{\"id\":\"S1\",\"kind\":\"barn\",\"name\":\"n\"} | kind",
                "{\"id\":\"S1\",\"kind\":\"store\"} | name",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"latitude\":\"51\"} | longitude",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"latitude\":\"91\",\"longitude\":\"9\"} | latitude",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"latitude\":51,\"longitude\":\"9\"} | latitude",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"latitude\":\"1e2\",\"longitude\":\"9\"} | latitude",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"size\":1} | size",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"fulfilment\":[]} | fulfilment",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"fulfilment\":{\"parcelCost\":\"4.90\"}} | fulfilment.currency",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"fulfilment\":{\"currency\":\"EUR\"}} | fulfilment.parcelCost",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"fulfilment\":{\"leadTimeDays\":-1}} | fulfilment.leadTimeDays",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"fulfilment\":{\"parcelsPerDay\":\"9\"}} | fulfilment.parcelsPerDay",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"fulfilment\":{\"openOn\":[\"MONDAY\",\"LUNDI\"]}} | fulfilment.openOn[1]",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"fulfilment\":{\"brands\":\"gold\"}} | fulfilment.brands",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"fulfilment\":{\"closedFrom\":\"2026-12-24\",\"closedUntil\":\"2026-12-24\"}} | fulfilment.closedUntil",
                "{\"id\":\"S1\",\"kind\":\"store\",\"name\":\"n\",\"fulfilment\":{\"timeZone\":\"Mars/Olympus\"}} | fulfilment.timeZone"
            })
    void namesWhatIsWrongWithAPlace(String body, String field) {
        assertEquals(List.of(field), fields(LocationDocument.read(json(body), null)));
    }

    @Test
    void readsATaxCode() {
        assertEquals(
                new TaxCodeContent(
                        "V20", "VAT 20", new BigDecimal("20.0000"), "GB", null, "V20", LocalDate.of(2026, 1, 1), true),
                TaxCodeDocument.read(
                                json(
                                        "{\"code\":\"V20\",\"name\":\"VAT 20\",\"rate\":\"20\",\"country\":\"GB\",\"erpTax\":\"V20\",\"validFrom\":\"2026-01-01\"}"),
                                null)
                        .valid());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"n\",\"rate\":\"20\"} | code",
                "{\"code\":\"V\",\"name\":\"n\"} | rate",
                "{\"code\":\"V\",\"name\":\"n\",\"rate\":\"-1\"} | rate",
                "{\"code\":\"V\",\"name\":\"n\",\"rate\":20} | rate",
                "{\"code\":\"V\",\"name\":\"n\",\"rate\":\"20\",\"validFrom\":\"2026-02-30\"} | validFrom",
                "{\"code\":\"V\",\"name\":\"n\",\"rate\":\"20\",\"validFrom\":\"soon\"} | validFrom",
                "{\"code\":\"V\",\"name\":\"n\",\"rate\":\"20\",\"country\":\"de\"} | country"
            })
    void namesWhatIsWrongWithATaxCode(String body, String field) {
        assertEquals(List.of(field), fields(TaxCodeDocument.read(json(body), null)));
    }

    private static List<String> fields(Reading<?> reading) {
        return reading.violations().stream().map(Violation::field).toList();
    }

    private static JsonNode json(String body) {
        return StrictJson.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
