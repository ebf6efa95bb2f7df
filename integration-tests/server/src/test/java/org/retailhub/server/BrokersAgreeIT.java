package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The broker inside a server and the one that several servers share have the same queues, addresses, diverts and limits, and a server
 * sees both under the same names. Compared are the finished configurations, not the scripts.
 */
class BrokersAgreeIT {
    private static Element inside;
    private static Element outside;
    private static Element broker;

    @BeforeAll
    static void configureBoth() throws Exception {
        inside = messaging(Hub.pristine(false));
        outside = messaging(Hub.pristine(true));
        String xml = Hub.run(new ProcessBuilder(
                Path.of(System.getProperty("retail.checkout"), "wildfly-config/broker.sh")
                        .toString(),
                "xml"));
        broker = parse(new InputSource(new java.io.StringReader(xml))).getDocumentElement();
    }

    @Test
    void serverSeesTheSameQueuesAndTopics() {
        Map<String, String> queues = map(outside, "external-jms-queue", e -> e.getAttribute("entries"));
        assertEquals("java:/jms/queue/activemq.management", queues.remove("activemq.management"));
        assertTrue(queues.size() > 5, queues::toString);
        assertEquals(map(inside, "jms-queue", e -> e.getAttribute("entries")), queues);
        assertEquals(
                map(inside, "jms-topic", e -> e.getAttribute("entries")),
                map(outside, "external-jms-topic", e -> e.getAttribute("entries")));
        assertEquals(0, outside.getElementsByTagName("server").getLength(), "no broker of its own");
    }

    @Test
    void brokerHasTheSameQueuesTopicsAndDiverts() {
        Map<String, String> addresses = new TreeMap<>();
        map(inside, "jms-queue", e -> e.getAttribute("durable"))
                .forEach((name, durable) -> addresses.put("jms.queue." + name, "anycast jms.queue." + name));
        map(inside, "jms-topic", e -> "").forEach((name, none) -> addresses.put("jms.topic." + name, "multicast "));
        assertEquals(addresses, map(broker, "address", BrokersAgreeIT::routing, e -> e.hasAttribute("name")));
        assertEquals(
                map(
                        inside,
                        "divert",
                        e -> e.getAttribute("address") + " " + e.getAttribute("forwarding-address") + " "
                                + e.getAttribute("exclusive") + " " + e.getAttribute("filter")),
                map(
                        broker,
                        "divert",
                        e -> text(e, "address") + " " + text(e, "forwarding-address") + " " + text(e, "exclusive") + " "
                                + filter(e)));
    }

    @Test
    void brokerHasTheSameLimits() {
        Element settings = first(inside, "address-setting");
        Element limits = first(broker, "address-setting");
        attributes(settings).forEach((name, value) -> {
            // The second is for the console's graphs.
            if (!name.equals("name") && !name.equals("message-counter-history-day-limit")) {
                assertEquals(value, text(limits, name), name);
            }
        });
        assertEquals("-1", text(limits, "max-delivery-attempts"), "retry is the hospital's");
        attributes(first(inside, "journal")).forEach((name, value) -> {
            String inBrokerXml = name.equals("global-max-disk-usage") ? "max-disk-usage" : "journal-" + name;
            assertEquals(value, text(broker, inBrokerXml), name);
        });
        assertEquals("90", text(broker, "max-disk-usage"));
        for (String synced : new String[] {"journal-sync-transactional", "journal-sync-non-transactional"}) {
            assertEquals("true", text(broker, synced), synced);
        }
    }

    /** The factory of drains and batchers behaves alike, but for what a network needs. */
    @Test
    void factoryIsTheSame() {
        Element here = pool(inside);
        Element there = pool(outside);
        for (String same : new String[] {
            "consumer-window-size",
            "transaction",
            "block-on-durable-send",
            "block-on-non-durable-send",
            "block-on-acknowledge",
            "min-pool-size",
            "max-pool-size"
        }) {
            assertEquals(here.getAttribute(same), there.getAttribute(same), same);
        }
        assertTrue(there.getAttribute("password").startsWith("${env."), "no password in the file");
    }

    private static Element pool(Element messaging) {
        NodeList all = messaging.getElementsByTagName("pooled-connection-factory");
        for (int i = 0; i < all.getLength(); i++) {
            if (((Element) all.item(i)).getAttribute("name").equals("retail-xa")) {
                return (Element) all.item(i);
            }
        }
        throw new AssertionError("no factory retail-xa");
    }

    /** With the default of each expression. */
    private static Map<String, String> attributes(Element of) {
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i < of.getAttributes().getLength(); i++) {
            found.put(
                    of.getAttributes().item(i).getNodeName(),
                    of.getAttributes().item(i).getNodeValue().replaceFirst("^\\$\\{[^:]*:([^}]*)}$", "$1"));
        }
        return found;
    }

    private static String routing(Element address) {
        for (String each : new String[] {"anycast", "multicast"}) {
            if (address.getElementsByTagName(each).getLength() == 1) {
                NodeList queues = address.getElementsByTagName("queue");
                return each + " " + (queues.getLength() == 1 ? ((Element) queues.item(0)).getAttribute("name") : "");
            }
        }
        return "nothing";
    }

    private static String filter(Element divert) {
        NodeList filters = divert.getElementsByTagName("filter");
        return filters.getLength() == 0 ? "" : ((Element) filters.item(0)).getAttribute("string");
    }

    private static Map<String, String> map(Element in, String tag, Function<Element, String> value) {
        return map(in, tag, value, e -> true);
    }

    private static Map<String, String> map(
            Element in, String tag, Function<Element, String> value, java.util.function.Predicate<Element> which) {
        Map<String, String> map = new TreeMap<>();
        NodeList all = in.getElementsByTagName(tag);
        for (int i = 0; i < all.getLength(); i++) {
            Element each = (Element) all.item(i);
            if (which.test(each)) {
                map.put(each.getAttribute("name"), value.apply(each));
            }
        }
        return map;
    }

    private static Element first(Element in, String tag) {
        return (Element) in.getElementsByTagName(tag).item(0);
    }

    private static String text(Element in, String tag) {
        Element found = first(in, tag);
        return found == null ? "" : found.getTextContent();
    }

    private static Element messaging(Path server) throws Exception {
        Document document = parse(new InputSource(
                server.resolve("configuration/standalone-full.xml").toUri().toString()));
        NodeList all = document.getElementsByTagName("subsystem");
        for (int i = 0; i < all.getLength(); i++) {
            if (((Element) all.item(i)).getAttribute("xmlns").contains("messaging-activemq")) {
                return (Element) all.item(i);
            }
        }
        throw new AssertionError("no messaging in " + server);
    }

    private static Document parse(InputSource source) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source);
    }
}
