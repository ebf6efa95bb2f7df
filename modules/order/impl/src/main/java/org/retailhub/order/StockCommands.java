package org.retailhub.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.retailhub.inventory.api.ConsumeStock;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.RecordMovement;
import org.retailhub.inventory.api.ReleaseStock;
import org.retailhub.inventory.api.ReserveStock;
import org.retailhub.order.domain.OrderStock;
import org.retailhub.order.domain.OrderStock.Allocation;
import org.retailhub.order.domain.OrderStock.Place;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.rest.StrictJson;

/** Makes the commands to inventory. A message's id belongs to its reservation, number and body. */
public final class StockCommands {
    private StockCommands() {}

    /** Whose stock it is about. @param expiresAt when what is held is given back by itself */
    public record Order(
            String orderId, String tenant, String channel, Instant expiresAt, String traceparent, String causedBy) {}

    public static OutboundMessage message(OrderStock.Command command, Order order) {
        if (command instanceof OrderStock.Command.Reserve reserve) {
            return message(command, ReserveStock.TYPE, order, json(new ReserveStock(reservation(reserve, order))));
        }
        if (command instanceof OrderStock.Command.Consume consume) {
            return message(
                    command,
                    ConsumeStock.TYPE,
                    order,
                    json(new ConsumeStock(consume.reference(), consume.document(), items(consume.items()))));
        }
        OrderStock.Command.Release release = (OrderStock.Command.Release) command;
        List<ReleaseStock.Item> items = items(release.items());
        return message(
                command,
                ReleaseStock.TYPE,
                order,
                json(new ReleaseStock(release.reference(), release.document(), items.isEmpty() ? null : items)));
    }

    private static List<ReleaseStock.Item> items(List<Allocation> allocations) {
        List<ReleaseStock.Item> items = new ArrayList<>();
        sums(allocations)
                .forEach(
                        (place, quantity) -> items.add(new ReleaseStock.Item(place.sku(), place.location(), quantity)));
        return items;
    }

    /** Goods left a place where they were not held for the order: a sale there. Its message's id belongs to what it says. */
    public static OutboundMessage movement(RecordMovement.Movement movement, Order order) {
        String key = RecordMovement.businessKey(order.tenant(), movement);
        String body = json(new RecordMovement(movement));
        return new OutboundMessage(
                InventoryQueues.COMMANDS,
                new Envelope(
                        Ulid.beside(order.orderId(), key + '\n' + body),
                        RecordMovement.TYPE,
                        order.tenant(),
                        key,
                        1,
                        order.traceparent(),
                        order.causedBy(),
                        order.channel(),
                        body),
                true);
    }

    private static ReserveStock.Reservation reservation(OrderStock.Command.Reserve reserve, Order order) {
        List<ReserveStock.Line> lines = new ArrayList<>();
        sums(reserve.allocations())
                .forEach((place, quantity) -> lines.add(new ReserveStock.Line(
                        String.valueOf(lines.size() + 1), place.sku(), place.location(), quantity, null)));
        return new ReserveStock.Reservation(
                reserve.reference(),
                order.channel(),
                null,
                order.expiresAt().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC),
                lines);
    }

    /** Twin lines are one there; stock is counted with three decimals. */
    private static Map<Place, BigDecimal> sums(List<Allocation> allocations) {
        Map<Place, BigDecimal> sums = new LinkedHashMap<>();
        allocations.forEach(each -> sums.merge(
                new Place(each.sku(), each.location()),
                each.quantity().setScale(3, RoundingMode.CEILING),
                BigDecimal::add));
        return sums;
    }

    private static OutboundMessage message(OrderStock.Command command, String type, Order order, String body) {
        String key = ReserveStock.businessKey(order.tenant(), command.reference());
        return new OutboundMessage(
                InventoryQueues.COMMANDS,
                new Envelope(
                        Ulid.beside(order.orderId(), key + '\n' + command.sequence() + '\n' + body),
                        type,
                        order.tenant(),
                        key,
                        command.sequence(),
                        order.traceparent(),
                        order.causedBy(),
                        order.channel(),
                        body),
                true);
    }

    private static String json(Object body) {
        try {
            return StrictJson.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a command of ours cannot be written", e);
        }
    }
}
