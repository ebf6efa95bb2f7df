package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.ShipmentTelling.Answer;
import org.retailhub.channel.domain.ShipmentTelling.Line;
import org.retailhub.channel.domain.ShipmentTelling.Next;
import org.retailhub.channel.domain.ShipmentTelling.Shipment;

class FulfilmentsTest {
    private static final Connection CONNECTION = new Connection(
            "shop", "acme", "shopify", "shop-eu", "acme.myshopify.com", "https://acme.myshopify.com/", true);
    private static final String HERE = "655441491";
    private static final String THERE = "655441492";

    private final Fulfilments fulfilments = new Fulfilments();
    private final FulfilmentShop shop = new FulfilmentShop();
    private final List<String> told = new ArrayList<>();
    private int asked;

    private static Shipment shipment(List<String> numbers, List<String> urls, Line... lines) {
        return new Shipment(FulfilmentShop.ORDER, "WH1-1", HERE, "DHL", numbers, urls, List.of(lines));
    }

    private static Shipment shipment(Line... lines) {
        return shipment(List.of("JJD1"), List.of(), lines);
    }

    private static Line line(String id, String quantity) {
        return new Line(id, new BigDecimal(quantity));
    }

    private Next talk(Shipment shipment, Set<String> others) {
        Next next = fulfilments.begin(CONNECTION, shipment, others);
        while (true) {
            if (next instanceof Next.Ask ask) {
                asked++;
                next = ask.then().apply(good(ask.call().body()));
            } else if (next instanceof Next.Tell tell) {
                next = tell.then().apply(good(tell.call().body()));
            } else if (next instanceof Next.Told one) {
                told.add(one.name());
                next = one.then();
            } else {
                return next;
            }
        }
    }

    private Next talk(Shipment shipment) {
        return talk(shipment, Set.of());
    }

    private Answer good(byte[] call) {
        return new Answer(200, name -> null, shop.answer(call));
    }

    @Test
    void fulfilsTheLinesThatLeftWithTheirTracking() {
        shop.item("FO1", HERE, "11", 3);
        shop.item("FO1", HERE, "12", 1);
        assertInstanceOf(
                Next.Done.class,
                talk(shipment(
                        List.of("JJD1"), List.of("https://dhl.example/JJD1"), line("11", "2.000"), line("12", "1"))));
        assertEquals(List.of("JJD1 {11=2, 12=1}"), shop.shown());
        assertEquals(
                "{\"lineItemsByFulfillmentOrder\":[{\"fulfillmentOrderId\":\"FO1\",\"fulfillmentOrderLineItems\":["
                        + "{\"id\":\"FO1/11\",\"quantity\":2},{\"id\":\"FO1/12\",\"quantity\":1}]}],"
                        + "\"trackingInfo\":{\"company\":\"DHL\",\"number\":\"JJD1\",\"url\":\"https://dhl.example/JJD1\"},"
                        + "\"notifyCustomer\":true}",
                shop.made().get(0).input().toString());
        assertEquals(1, asked);
        assertEquals(1, told.size());
    }

    @Test
    void asksTheAdminApiThatTheOthersAsk() {
        Next.Ask ask =
                assertInstanceOf(Next.Ask.class, fulfilments.begin(CONNECTION, shipment(line("11", "1")), Set.of()));
        assertEquals(
                "https://acme.myshopify.com/admin/api/2026-07/graphql.json",
                ask.call().uri().toString());
        assertEquals("X-Shopify-Access-Token", ask.call().secretHeader());
    }

    @Test
    void whatIsThereIsNotToldAgain() {
        shop.item("FO1", HERE, "11", 3);
        talk(shipment(line("11", "2")));
        Next again = talk(shipment(line("11", "2")));
        assertEquals(new Next.Done(Set.of("gid://shopify/Fulfillment/1")), again);
        assertEquals(List.of("JJD1 {11=2}"), shop.shown());
    }

    @Test
    void onlyWhatIsMissingIsTold() {
        shop.item("FO1", HERE, "11", 3);
        shop.item("FO1", HERE, "12", 1);
        shop.byHand("SUCCESS", "JJD1", Map.of("11", 1));
        talk(shipment(line("11", "2"), line("12", "1")));
        assertEquals(List.of("JJD1 {11=1}", "JJD1 {11=1, 12=1}"), shop.shown());
    }

    @Test
    void whatWasCancelledThereOrIsAnothersDoesNotCount() {
        shop.item("FO1", HERE, "11", 4);
        shop.byHand("CANCELLED", "JJD1", Map.of("11", 2));
        shop.byHand("SUCCESS", "JJD1", Map.of("11", 2));
        talk(shipment(line("11", "2")), Set.of("gid://shopify/Fulfillment/2"));
        assertEquals(3, shop.made().size());
    }

    @Test
    void oneWithoutTrackingIsKnownByItsOwnNumber() {
        shop.item("FO1", HERE, "11", 2);
        talk(shipment(List.of(), List.of(), line("11", "1")));
        talk(shipment(List.of(), List.of(), line("11", "1")));
        assertEquals(List.of("WH1-1 {11=1}"), shop.shown());
    }

    @Test
    void severalParcelsAreOneFulfilment() {
        shop.item("FO1", HERE, "11", 2);
        talk(shipment(List.of("JJD1", "JJD2"), List.of("https://a.example/1", "https://a.example/2"), line("11", "2")));
        assertEquals(
                "{\"company\":\"DHL\",\"numbers\":[\"JJD1\",\"JJD2\"],\"urls\":[\"https://a.example/1\",\"https://a.example/2\"]}",
                shop.made().get(0).input().path("trackingInfo").toString());
    }

    @Test
    void linesThatTheShopAssignedToTwoPlacesAreTwoFulfilments() {
        shop.item("FO1", THERE, "11", 1);
        shop.item("FO1", THERE, "12", 1);
        shop.item("FO2", HERE, "11", 1);
        talk(shipment(line("11", "2"), line("12", "1")));
        assertEquals(List.of("JJD1 {11=1}", "JJD1 {11=1, 12=1}"), shop.shown());
        assertEquals(2, told.size());
        assertEquals(
                "FO2",
                shop.made()
                        .get(0)
                        .input()
                        .at("/lineItemsByFulfillmentOrder/0/fulfillmentOrderId")
                        .asText());
        talk(shipment(line("11", "2"), line("12", "1")));
        assertEquals(2, shop.made().size());
    }

    @Test
    void readsPageByPage() {
        shop.linesAPage = 2;
        for (int i = 0; i < 5; i++) {
            shop.item("FO1", HERE, "1" + i, 1);
            shop.item("FO2", HERE, "2" + i, 1);
        }
        talk(shipment(line("14", "1"), line("24", "1")));
        assertEquals(List.of("JJD1 {14=1, 24=1}"), shop.shown());
        assertEquals(6, asked);
    }

    @Test
    void whoHasToActIsTold() {
        FulfilmentShop.Item item = shop.item("FO1", HERE, "11", 1);
        assertEquals(
                new Next.Refused(ChannelError.NOT_OPEN_THERE, "line '11': 2 have left, 1 are open there"),
                talk(shipment(line("11", "2"))));
        assertEquals(
                new Next.Refused(ChannelError.NOT_OPEN_THERE, "line '99': 1 have left, 0 are open there"),
                talk(shipment(line("99", "1"))));
        assertEquals(ChannelError.SHIPMENT_NOT_TAKEN, ((Next.Refused) talk(shipment(line("11", "0.5")))).code());
        item.status("ON_HOLD");
        assertEquals(
                new Next.Refused(ChannelError.NOT_OPEN_THERE, "line '11': 1 have left, 0 are open there, 1 ON_HOLD"),
                talk(shipment(line("11", "1"))));
        item.status("IN_PROGRESS");
        shop.userError = "is too long";
        assertEquals(
                new Next.Refused(ChannelError.SHIPMENT_NOT_TAKEN, "fulfillment.trackingInfo.number: is too long"),
                talk(shipment(line("11", "1"))));
        shop.cancelled = true;
        assertEquals(ChannelError.ORDER_CANCELLED_THERE, ((Next.Refused) talk(shipment(line("11", "1")))).code());
        shop.exists = false;
        assertEquals(ChannelError.ORDER_UNKNOWN_THERE, ((Next.Refused) talk(shipment(line("11", "1")))).code());
        assertEquals(
                ChannelError.ORDER_UNKNOWN_THERE,
                ((Next.Refused) fulfilments.begin(
                                CONNECTION,
                                new Shipment(
                                        "README-1", "S", null, null, List.of(), List.of(), List.of(line("1", "1"))),
                                Set.of()))
                        .code());
        assertEquals(List.of(), shop.made());
    }

    @Test
    void whatIsTheCancelledOrdersAlreadyIsDone() {
        shop.item("FO1", HERE, "11", 1);
        talk(shipment(line("11", "1")));
        shop.cancelled = true;
        assertInstanceOf(Next.Done.class, talk(shipment(line("11", "1"))));
    }

    @Test
    void nothingThatLeftIsNothingToTell() {
        assertEquals(new Next.Done(Set.of()), talk(shipment()));
    }

    private Next answered(boolean create, int status, String body) {
        shop.item("FO1", HERE, "11", 1);
        Next.Ask ask = (Next.Ask) fulfilments.begin(CONNECTION, shipment(line("11", "1")), Set.of());
        Answer answer = new Answer(
                status, name -> name.equals("Retry-After") ? "4.0" : null, body.getBytes(StandardCharsets.UTF_8));
        if (!create) {
            return ask.then().apply(answer);
        }
        Next.Tell tell = (Next.Tell) ask.then().apply(good(ask.call().body()));
        return tell.then().apply(answer);
    }

    private static final String THROTTLED =
            "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],"
                    + "\"extensions\":{\"cost\":{\"requestedQueryCost\":320,\"throttleStatus\":{\"maximumAvailable\":1000.0,"
                    + "\"currentlyAvailable\":120,\"restoreRate\":50.0}}}}";

    @Test
    void onlyWhatWasSurelyNotDoneIsDoneAgainWithoutAsking() {
        for (boolean create : new boolean[] {true, false}) {
            assertEquals(new Next.Busy(Duration.ofSeconds(4)), answered(create, 429, ""));
            assertEquals(new Next.Busy(Duration.ofSeconds(4)), answered(create, 200, THROTTLED));
            assertInstanceOf(Next.Failed.class, answered(create, 401, ""));
            assertInstanceOf(Next.Failed.class, answered(create, 404, ""));
            assertInstanceOf(
                    Next.Failed.class,
                    answered(
                            create,
                            200,
                            "{\"errors\":[{\"message\":\"no\",\"extensions\":{\"code\":\"ACCESS_DENIED\"}}]}"));
        }
        for (String body : List.of(
                "",
                "<html>",
                "{}",
                "{\"data\":{}}",
                "{\"data\":{\"fulfillmentCreate\":{\"fulfillment\":null,\"userErrors\":[]}}}",
                "{\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"INTERNAL_SERVER_ERROR\"}}]}")) {
            assertInstanceOf(Next.Unclear.class, answered(true, 200, body), body);
            assertInstanceOf(Next.Failed.class, answered(false, 200, body), body);
        }
        for (int status : List.of(500, 502, 503, 408, 302)) {
            assertInstanceOf(Next.Unclear.class, answered(true, status, ""));
            assertInstanceOf(Next.Failed.class, answered(false, status, ""));
        }
    }

    @Test
    void readsHowManyCallsAreLeft() {
        assertEquals(
                OptionalInt.of(0),
                fulfilments.callsLeft(new Answer(200, name -> null, THROTTLED.getBytes(StandardCharsets.UTF_8))));
        assertEquals(OptionalInt.empty(), fulfilments.callsLeft(new Answer(200, name -> null, new byte[0])));
        assertTrue(fulfilments.terms().perSecond() > 0);
    }
}
