package org.retailhub.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.order.domain.OrderStock.Allocation;
import org.retailhub.order.domain.OrderStock.Command;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.messaging.OutboundMessage;

/** What inventory is told, to the byte: a command that is sent again after a restore is the same message. */
class StockCommandsTest {
    private static final StockCommands.Order ORDER = new StockCommands.Order(
            "01M8A29R5AW3X5Z7B9D1F3H5K7",
            "acme",
            "shop-eu",
            Instant.parse("2027-02-21T12:00:00.123Z"),
            Fixtures.TRACE,
            "E1");

    private static Allocation from(String location, String line, String quantity) {
        return new Allocation(line, "MUG", location, new BigDecimal(quantity));
    }

    @Test
    void reservesTwinLinesAsOne() {
        OutboundMessage sent = StockCommands.message(
                new Command.Reserve(
                        ORDER.orderId(),
                        1,
                        List.of(from("dc-1", "1", "2"), from("dc-1", "2", "0.5"), from("dc-2", "2", "1"))),
                ORDER);

        assertEquals(InventoryQueues.COMMANDS, sent.destination());
        Envelope message = sent.envelope();
        assertEquals("ReserveStock.v1", message.type());
        assertEquals("acme/01M8A29R5AW3X5Z7B9D1F3H5K7", message.businessKey());
        assertEquals(1, message.sequence());
        assertEquals("E1", message.causedBy());
        assertEquals(
                "{\"reservation\":{\"reference\":\"01M8A29R5AW3X5Z7B9D1F3H5K7\",\"channel\":\"shop-eu\",\"partial\":null,"
                        + "\"expiresAt\":\"2027-02-21T12:00:00Z\",\"lines\":["
                        + "{\"lineId\":\"1\",\"sku\":\"MUG\",\"location\":\"dc-1\",\"quantity\":2.500,\"components\":null},"
                        + "{\"lineId\":\"2\",\"sku\":\"MUG\",\"location\":\"dc-2\",\"quantity\":1.000,\"components\":null}]}}",
                message.body());
    }

    @Test
    void givesBackAllOrSome() {
        assertEquals(
                "{\"reference\":\"R\",\"document\":\"cancelled\",\"items\":null}",
                StockCommands.message(new Command.Release("R", 2, "cancelled", List.of()), ORDER)
                        .envelope()
                        .body());
        assertEquals(
                "{\"reference\":\"R\",\"document\":\"change-2\",\"items\":[{\"sku\":\"MUG\",\"location\":\"dc-1\",\"quantity\":3.000}]}",
                StockCommands.message(
                                new Command.Release(
                                        "R", 2, "change-2", List.of(from("dc-1", "1", "1"), from("dc-1", "2", "2"))),
                                ORDER)
                        .envelope()
                        .body());
    }

    @Test
    void hasTheSameIdForTheSameMessageOnly() {
        Command first = new Command.Release("R", 2, "cancelled", List.of());
        assertEquals(
                StockCommands.message(first, ORDER).envelope().messageId(),
                StockCommands.message(first, ORDER).envelope().messageId());
        assertNotEquals(
                StockCommands.message(first, ORDER).envelope().messageId(),
                StockCommands.message(new Command.Release("R", 3, "cancelled", List.of()), ORDER)
                        .envelope()
                        .messageId());
    }
}
