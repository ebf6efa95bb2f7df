package org.retailhub.platform.runtime.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    @Test
    void givesTitlesExamplesAndMeanings() {
        Schema own = text().description("Ours").examples(List.of("X"));
        Schema order = OASFactory.createSchema()
                .addProperty("orderId", text())
                .addProperty("sequence", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("code", own)
                .addProperty("nobodyKnowsIt", text());
        Schema problem = OASFactory.createSchema().addProperty("code", text());
        Components components =
                OASFactory.createComponents().addSchema("PlacedOrder", order).addSchema("Problem", problem);
        Vocabulary.explain(components);

        assertEquals("Placed order", order.getTitle());
        assertEquals(
                List.of("01M84B402ZVTPV56G6BNHZT8X5"),
                order.getProperties().get("orderId").getExamples());
        assertEquals(
                "The hub's id of the order",
                order.getProperties().get("orderId").getDescription());
        assertEquals(List.of(1L), order.getProperties().get("sequence").getExamples());
        assertEquals(List.of("X"), own.getExamples());
        assertEquals("Ours", own.getDescription());
        assertNull(order.getProperties().get("nobodyKnowsIt").getExamples());
        assertEquals(
                List.of("ORD-1001"), problem.getProperties().get("code").getExamples(), "the schema's own meaning");
    }

    @Test
    void explainsParameters() {
        Operation operation = OASFactory.createOperation()
                .addParameter(OASFactory.createParameter().name("If-Match").schema(text()));
        Vocabulary.explain(operation);
        assertEquals("\"3\"", operation.getParameters().get(0).getExample());
        assertEquals(
                "The ETag of what was read", operation.getParameters().get(0).getDescription());
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
