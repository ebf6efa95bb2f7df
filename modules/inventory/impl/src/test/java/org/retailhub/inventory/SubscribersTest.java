package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.retailhub.inventory.api.ReservationChanged;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.runtime.sent.SentMessages;

/** Who subscribes is what the server's scripts say. */
class SubscribersTest {
    private static final Path SCRIPTS = Path.of("../../../wildfly-config/src/cli");
    private static final Pattern DIVERT = Pattern.compile(
            "divert-address=jms\\.topic\\.inventory\\.events,forwarding-address=jms\\.queue\\.([\\w.-]+),exclusive=false(?:,filter=\"([^\"]*)\")?");
    private static final Pattern TYPE = Pattern.compile("'(\\w+\\.v\\d+)'");

    /** The types each subscriber is fed with, by its queue; none for all. */
    private static Map<String, Set<String>> diverts(String script) {
        Map<String, Set<String>> found = new HashMap<>();
        for (Matcher divert = DIVERT.matcher(script); divert.find(); ) {
            Set<String> types = new HashSet<>();
            for (Matcher type = TYPE.matcher(String.valueOf(divert.group(2))); type.find(); ) {
                types.add(type.group(1));
            }
            types.remove("Census.v1");
            found.put(divert.group(1), types);
        }
        return found;
    }

    @Test
    void whatASubscriberIsFedWithIsWhatItsDivertLetsThrough() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            for (Path script : scripts.toList()) {
                all.append(Files.readString(script));
            }
        }
        diverts(all.toString())
                .forEach((queue, types) -> assertEquals(types, Subscribers.typesOf(queue), queue + " of the scripts"));
    }

    @Test
    void divertsAreReadWithAndWithoutFilter() {
        assertEquals(
                Map.of(
                        "inventory.events.a",
                        Set.of(),
                        "inventory.events.b",
                        Set.of(ReservationChanged.RESERVED, ReservationChanged.EXPIRED)),
                diverts(
                        "x:add(divert-address=jms.topic.inventory.events,forwarding-address=jms.queue.inventory.events.a,exclusive=false)\n"
                                + "y:add(divert-address=jms.topic.inventory.events,forwarding-address=jms.queue.inventory.events.b,exclusive=false,"
                                + "filter=\"JMSType IN ('StockReserved.v1','ReservationExpired.v1','Census.v1')\")\n"
                                + "z:add(divert-address=jms.topic.erp.events,forwarding-address=jms.queue.erp.events.order,exclusive=false)"));
    }

    @Test
    void subscribersAreTheQueuesOfTheAddressAndNoDeadEnds() {
        Subscribers subscribers = new Subscribers(new Subscribers.Outside() {
            @Override
            public List<String> queues() {
                return List.of(
                        "inventory.events.erp",
                        "inventory.commands",
                        "inventory.events.erp.dead",
                        "inventory.events.channel",
                        "erp.events.order");
            }

            @Override
            public SentMessages sender(String queue) {
                throw new AssertionError("nothing is sent");
            }

            @Override
            public Insight insight(String module) {
                return null;
            }
        });
        assertEquals(List.of("inventory.events.channel", "inventory.events.erp"), subscribers.names());
        assertEquals(Optional.empty(), subscribers.handled("inventory.events.channel", Set.of("k")));
    }
}
