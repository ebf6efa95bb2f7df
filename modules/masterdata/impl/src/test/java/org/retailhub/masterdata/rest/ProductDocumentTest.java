package org.retailhub.masterdata.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.masterdata.domain.ProductContent;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.rest.StrictJson;

class ProductDocumentTest {
    @Test
    void takesAFullProduct() {
        assertEquals(
                new ProductContent(
                        new Sku("MUG"), List.of(new Gtin("96385074"), new Gtin("4006381333931")), "1001", "Mug", false),
                read("{'sku':'MUG','gtins':['4006381333931','96385074'],'erpItem':'1001','name':'Mug','active':false}")
                        .content());
    }

    @Test
    void isActiveAndWithoutGtinsUnlessItSaysSo() {
        assertEquals(
                new ProductContent(new Sku("MUG"), List.of(), "1001", "Mug", true),
                read("{'sku':'MUG','erpItem':'1001','name':'Mug'}").content());
    }

    @Test
    void namesEveryFault() {
        assertEquals(
                List.of("colour", "sku", "gtins[1]", "erpItem", "name", "active"),
                fields("{'sku':' MUG','colour':'blue','gtins':['96385074','4006381333930'],'name':'','active':1}"));
    }

    @Test
    void refusesAGtinThatIsANumberOrComesTwice() {
        assertEquals(List.of("gtins[0]"), fields("{'sku':'M','erpItem':'1','name':'M','gtins':[96385074]}"));
        assertEquals(
                List.of("gtins[1]"),
                fields("{'sku':'M','erpItem':'1','name':'M','gtins':['4006381333931','04006381333931']}"));
    }

    @Test
    void refusesWhatIsLongerThanItsColumn() {
        String product = "{'sku':'%s','erpItem':'%s','name':'%s'}";

        assertTrue(read(product.formatted("s".repeat(64), "e".repeat(40), "n".repeat(255)))
                .isValid());
        assertEquals(
                List.of("sku", "erpItem", "name"),
                fields(product.formatted("s".repeat(65), "e".repeat(41), "n".repeat(256))));
    }

    @Test
    void refusesNullsAndOtherTypes() {
        assertEquals(
                List.of("sku", "gtins", "erpItem", "name", "active"),
                fields("{'sku':null,'gtins':null,'erpItem':7,'name':{},'active':null}"));
        assertEquals(List.of(""), fields("'MUG'"));
    }

    @Test
    void takesTheSkuFromTheAddressAndRefusesAnother() {
        assertEquals(
                "MUG",
                ProductDocument.read(json("{'erpItem':'1','name':'M'}"), "MUG")
                        .content()
                        .sku()
                        .value());
        assertEquals(
                List.of("sku"),
                ProductDocument.read(json("{'sku':'CUP','erpItem':'1','name':'M'}"), "MUG").violations().stream()
                        .map(Violation::field)
                        .toList());
    }

    private static List<String> fields(String json) {
        return read(json).violations().stream().map(Violation::field).toList();
    }

    private static ProductDocument.Reading read(String json) {
        return ProductDocument.read(json(json), null);
    }

    private static JsonNode json(String json) {
        return StrictJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
