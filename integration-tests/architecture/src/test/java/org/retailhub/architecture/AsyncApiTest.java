package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.testkit.MessageExamples;

/** {@code docs/asyncapi.yaml} says what the modules tell each other: all of it, and nothing else. */
class AsyncApiTest {
    private static final MessagesInCode CODE = MessagesInCode.found();

    @Test
    void documentAndCodeAgree() {
        JsonNode document = MessageExamples.document();
        assertEquals("3.0.0", document.path("asyncapi").asText());
        assertTrue(CODE.types().size() > 10 && CODE.addresses().size() > 5, CODE::toString);
        assertEquals(List.of(), AsyncApi.faults(document, CODE));
    }

    /** Each way in which the two may part, seen red. */
    @Test
    void findsEachDifference() {
        difference("the document lacks the address erp.events.order", api -> at(api, "/channels")
                .remove("erp.events.order"));
        difference(
                "the code has no address nowhere",
                api -> at(api, "/channels").putObject("nowhere").put("address", "nowhere"));
        difference("the document lacks the operation erp send erp.events", api -> at(api, "/operations")
                .remove("erpSendsEvents"));
        difference("the code has no operation erp receive erp.events", api -> at(api, "/operations/erpSendsEvents")
                .put("action", "receive"));
        difference("the document lacks the message RefundMade.v1", api -> at(api, "/components/messages")
                .remove("RefundMade.v1"));
        difference("the code has no message RefundMade.v2", api -> at(api, "/components/messages")
                .putObject("RefundMade.v2"));
        difference("RefundMade.v1 is on no channel", api -> at(api, "/channels/channel.events/messages")
                .remove("RefundMade.v1"));
        difference(
                "the document lacks the field of PostingEvent documentId",
                api -> at(api, "/components/schemas/PostingEvent/properties").remove("documentId"));
        difference(
                "the code has no field of PostingEvent documentNumber",
                api -> at(api, "/components/schemas/PostingEvent/properties").putObject("documentNumber"));
        difference("SalesDocument.revision is integer and the document says string", api -> at(
                        api, "/components/schemas/SalesDocument/properties/revision")
                .put("type", "string"));
        difference(
                "SalesDocument.shipTo may be absent",
                api -> ((ArrayNode) api.at("/components/schemas/SalesDocument/required")).add("shipTo"));
        difference(
                "SalesDocument.orderId is required",
                api -> ((ArrayNode) api.at("/components/schemas/SalesDocument/required")).remove(0));
        difference(
                "RefundMade.Line.restock is [RETURN, CANCEL, NONE, UNKNOWN] and the document says [RETURN]",
                api -> at(api, "/components/schemas/RefundMade.Line/properties/restock")
                        .putArray("enum")
                        .add("RETURN"));
        difference("the code has no schema Forgotten", api -> at(api, "/components/schemas")
                .putObject("Forgotten"));
        difference("the document lacks the property causedBy", api -> at(
                        api, "/components/messageTraits/envelope/headers/properties")
                .remove("causedBy"));
        difference("CancelOrder.v1 has no example", api -> at(api, "/components/messages/CancelOrder.v1")
                .remove("examples"));
        difference("CancelOrder.v1 example: ", api -> at(api, "/components/messages/CancelOrder.v1/examples/0/payload")
                .put("reason", ""));
        difference("#/components/schemas/CanonicalOrders is not there", api -> at(
                        api, "/components/schemas/PlaceOrder/properties/order")
                .put("$ref", "#/components/schemas/CanonicalOrders"));
    }

    private static ObjectNode at(JsonNode document, String pointer) {
        return (ObjectNode) document.at(pointer);
    }

    private static void difference(String fault, Consumer<JsonNode> change) {
        JsonNode document = MessageExamples.document();
        change.accept(document);
        List<String> found = AsyncApi.faults(document, CODE);
        assertTrue(found.stream().anyMatch(each -> each.startsWith(fault)), () -> fault + ": " + found);
    }
}
