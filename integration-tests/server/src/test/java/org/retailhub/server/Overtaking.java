package org.retailhub.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.retailhub.server.Books.Expected;

/** An administrator takes an order's first message aside and puts it back behind the order's change. */
final class Overtaking {
    static final String QUEUE = "erp.postings.idempiere";
    static final String ASIDE = QUEUE + ".dead";

    private Overtaking() {}

    static Books.Audit in(World world, String number, Duration patience) {
        Hub hub = world.hub();
        hub.erp().stopped();
        hub.management().pause(QUEUE);
        Order order = Order.of(World.CHANNEL, number, World.sku(1), World.sku(2));
        String id = world.shop().place(order);
        Shop.Answer change = world.shop().change(id, order.changed(3));
        if (!change.ok()) {
            throw new AssertionError("the change was answered " + change);
        }
        hub.management().move(QUEUE, messageId(hub, QUEUE, id, 1), ASIDE);
        hub.management().resume(QUEUE);
        Probe.until("the change received", patience, () -> hub.management().depth(QUEUE) == 0, hub::lastLines);
        hub.management().move(ASIDE, messageId(hub, ASIDE, id, 1), QUEUE);
        boolean drained = Probe.happens(
                patience,
                () -> hub.management().depth(QUEUE) == 0
                        && hub.books().unhandled() == 0
                        && hub.books().openCases().isEmpty());
        hub.erp().normal();
        if (drained) {
            Probe.happens(patience, () -> "posted".equals(world.shop().status(id)));
        }
        return hub.books().audit(1, List.of(Expected.document(id, order.changed(3))));
    }

    static String messageId(Hub hub, String queue, String businessKey, long sequence) {
        for (JsonNode each : hub.management().messages(queue)) {
            if (each.path("businessKey").asText().equals(businessKey)
                    && each.path("sequence").asLong() == sequence) {
                return each.path("JMSMessageID").asText();
            }
        }
        throw new AssertionError("message " + sequence + " of " + businessKey + " is not on " + queue + ": "
                + hub.management().messages(queue));
    }
}
