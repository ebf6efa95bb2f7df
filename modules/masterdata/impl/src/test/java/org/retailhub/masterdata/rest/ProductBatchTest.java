package org.retailhub.masterdata.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retailhub.masterdata.ErpMasters.Taken;
import org.retailhub.masterdata.domain.Learning;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.rest.StrictJson;

class ProductBatchTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void givesEachItemItsVerdictInTheOrderSent() {
        ProductBatch batch = batch("""
                [{'sku':'MUG','erpItem':'1','name':'Mug','gtins':['4006381333931']},
                 {'sku':'BAD','erpItem':'2','name':'Bad','gtins':['4006381333930']},
                 {'sku':'CUP','erpItem':'3','name':'Cup','gtins':['96385074']},
                 7]""");
        Learning learning = new Learning(Map.of(), Map.of(new Gtin("96385074").normalized(), new Sku("JAR")));

        ProductVerdicts verdicts = batch.verdicts(new Taken<>(Map.of(), learning.decide(batch.valid())), TRACE);

        assertEquals(
                List.of("created", "invalid", "conflict", "invalid"),
                verdicts.items().stream().map(ProductVerdicts.Item::verdict).toList());
        assertEquals(Map.of("created", 1, "invalid", 2, "conflict", 1), verdicts.counts());
        assertEquals("BAD", verdicts.items().get(1).sku());
        assertEquals("MAS-1001", verdicts.items().get(1).problem().code());
        assertEquals("gtins[0]", verdicts.items().get(1).problem().field());
        assertEquals("MAS-1006", verdicts.items().get(2).problem().code());
        assertEquals(
                "GTIN 96385074 belongs to product JAR",
                verdicts.items().get(2).problem().detail());
        assertEquals(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                verdicts.items().get(3).problem().traceId());
    }

    @Test
    void takesOnlyTheFirstOfTwoItemsWithOneSku() {
        ProductBatch batch = batch("""
                [{'sku':'MUG','erpItem':'1','name':'Mug'},{'sku':'MUG','erpItem':'2','name':'Mug'}]""");

        assertEquals(
                List.of("1"),
                batch.valid().stream().map(content -> content.erpItem()).toList());
        assertEquals(
                "the same as in item 0",
                batch.verdicts(new Taken<>(Map.of(), new Learning(Map.of(), Map.of()).decide(batch.valid())), TRACE)
                        .items()
                        .get(1)
                        .problem()
                        .errors()
                        .get(0)
                        .message());
    }

    @Test
    void refusesWhatContradictsTheErpAndNamesTheField() {
        ProductBatch batch =
                batch("[{'sku':'MUG','erpItem':'1','name':'Cup'},{'sku':'JAR','erpItem':'2','name':'Jar'}]");
        Violation field = new Violation("name", "the ERP says Mug; change it there");
        ProductVerdicts verdicts = batch.verdicts(
                new Taken<>(
                        Map.of("MUG", field),
                        new Learning(Map.of(), Map.of()).decide(batch.valid().subList(1, 2))),
                TRACE);

        assertEquals(Map.of("created", 1, "refused", 1), verdicts.counts());
        assertEquals("MAS-2002", verdicts.items().get(0).problem().code());
        assertEquals("name", verdicts.items().get(0).problem().field());
    }

    private static ProductBatch batch(String json) {
        return new ProductBatch(
                StrictJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JsonNode.class));
    }
}
