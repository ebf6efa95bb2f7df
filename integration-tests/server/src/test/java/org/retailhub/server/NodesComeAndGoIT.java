package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.retailhub.server.Books.Expected;

/**
 * What {@code docs/runbooks/add-node.md} says of nodes that come, go and die: a hub with its broker inside and messages in flight moves
 * to another broker and gets a second server; each part is killed in turn; servers that do not fit are refused.
 */
@Tag("deep")
class NodesComeAndGoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String QUEUE = "erp.postings.idempiere";
    private static final String UNUSED = "order.commands.dead";

    private static Nodes nodes;
    private static Hub one;
    private static World world;

    @BeforeAll
    static void addANode() {
        one = Hub.ofNodes("nodes-come-and-go");
        one.configureAnew(false);
        one.startServer();
        world = World.on(one, "acme");
        moveWithMessagesInFlight();
        nodes = new Nodes(one, world);
    }

    private static void moveWithMessagesInFlight() {
        one.management().pause(QUEUE);
        List<Expected> inFlight = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Order order = Nodes.order();
            String id = world.shop().place(order);
            Order last = i % 3 == 0 ? order.changed(1) : order;
            if (last != order) {
                assertTrue(world.shop().change(id, last).ok());
            }
            inFlight.add(Expected.document(id, last));
        }
        assertTrue(one.management().depth(QUEUE) >= 20, "messages are in flight");
        one.stopServer();
        assertEquals(List.of(), one.books().preparedNames(), "a server that was stopped leaves nothing to recover");
        one.configureAnew(true);
        one.broker().start();
        one.fence(true);
        one.startServer();
        System.out.println(one.sweep("sweep", Instant.now().minus(Duration.ofMinutes(10))));
        one.fence(false);
        Nodes.settled(one, 20, inFlight);
    }

    @AfterAll
    static void end() {
        if (nodes != null) {
            nodes.close();
        } else {
            one.close();
        }
    }

    @AfterEach
    void bothRun() {
        nodes.bothRun();
    }

    @Test
    void killedServersAndKilledBrokerLoseAndDoubleNothing() {
        try (Load load = new Load(world, nodes.doors)) {
            load.await(60);
            nodes.two.kill();
            load.await(30);
            nodes.two.startServer();
            load.await(60);
            one.kill();
            load.await(30);
            one.startServer();
            load.await(60);
            one.broker().kill();
            one.broker().start();
            load.await(60);
            System.out.println(
                    "nodes and broker killed: " + load.end().acknowledged() + " orders, each once in the ERP");
        }
        nodes.awaitNothingPreparedAtTheBroker();
    }

    @Test
    void serverWithTheNameOfALivingOneIsRefused() throws IOException {
        Hub three = one.next("server-3", one.node());
        try {
            AssertionError refused = assertThrows(AssertionError.class, three::startServer);
            String log = Files.readString(three.log());
            assertAll(
                    () -> assertTrue(refused.getMessage().contains("started with errors"), refused::getMessage),
                    () -> assertTrue(log.contains("'retail-test' is in use by another server"), three::lastLines),
                    () -> assertTrue(one.ready() && nodes.two.ready()));
        } finally {
            three.close();
        }
    }

    /** And when the broker has the queue, the third server works with the others. */
    @Test
    void serverIsRefusedWhileTheBrokerLacksAQueue() throws IOException {
        Hub three = one.next("server-4", "retail-test-4");
        one.broker().destroy(UNUSED);
        try {
            AssertionError refused = assertThrows(AssertionError.class, three::startServer);
            assertTrue(refused.getMessage().contains("started with errors"), refused::getMessage);
            assertTrue(
                    Files.readString(three.log()).contains("'jms.queue." + UNUSED + "' is missing at the broker"),
                    three::lastLines);
            one.broker().configure();
            Probe.until("the queue", PATIENCE, () -> one.broker().has(UNUSED), three::lastLines);
            three.kill();
            three.startServer();
            Order order = Nodes.order();
            String id = new Shop(three, world.shop().key()).place(order);
            nodes.settled(1, List.of(Expected.document(id, order)));
        } finally {
            three.close();
            one.broker().configure();
        }
    }
}
