package org.retailhub.trade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.retailhub.simulator.erp.ErpControl;

/**
 * A day of a house with a distribution centre, two stores and a web shop: goods come, go on to the stores, are sold at tills (one of which is offline
 * for hours) and taken back, are held for web orders and shipped. In the evening each place is counted; the counts, the hub's ledger, the ERP's stock and
 * the books of orders must agree. The next day begins with what this one left.
 */
public final class StoreDay {
    private static final String PARTNER = "stores";
    private static final String CHANNEL = "stores-web";
    private static final String ERP_PARTNER = "WEB-STORES";
    private static final int RECEIVED = 60;
    private static final int MOVED_ON = 12;
    private static final int TILL_SALES = 120;
    private static final int WEB_ORDERS = 80;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Where goods are. @param system that counts there */
    private record Site(String id, String kind, String name, String erpWarehouse, String system) {}

    private static final Site CENTRE = new Site("dc-kassel", "distribution-centre", "Centre Kassel", "W-KASSEL", "wms");
    private static final Site BERLIN = new Site("store-berlin", "store", "Store Berlin", "W-BERLIN", "pos");
    private static final Site YORK = new Site("store-york", "store", "Store York", "W-YORK", "pos");
    private static final List<Site> SITES = List.of(CENTRE, BERLIN, YORK);
    private static final SalesOrder.Address BUYER =
            new SalesOrder.Address("A. Buyer", "Lindenstraße 14", "Kassel", "34117", "DE");

    private final Installation installation;
    private final Duration patience;
    private final ErpControl erp;
    private final HubClient operator;
    private final Steps steps = new Steps();
    private final List<String> faults = new ArrayList<>();
    private final Catalogue catalogue = new Catalogue();
    private final OffsetDateTime now = OffsetDateTime.now().withNano(0);
    private final String run = Long.toString(now.toEpochSecond(), 36);
    private final Random random = new Random(now.toEpochSecond());
    /** What must be where, by site and SKU. */
    private final Map<Site, Map<String, Integer>> there = new HashMap<>();

    /** What the ERP must have, by its warehouse and item. */
    private final Map<String, BigDecimal> booked = new TreeMap<>();

    private final List<StockFeed> feeds = new ArrayList<>();

    public StoreDay(Installation installation) {
        this.installation = installation;
        this.patience = PATIENCE;
        this.erp = new ErpControl(installation.erpPort());
        this.operator = new HubClient(installation.hub(), installation.secret("RETAIL_OPERATOR_KEY"));
    }

    /** @return each difference in words; empty if all agrees */
    public List<String> run() throws Exception {
        HubClient hub = steps.step(
                        "Partner, masters, places, policy",
                        () -> open(new Onboarding(installation).partner(PARTNER, "Two stores and a web shop")))
                .hub();
        steps.step("What was left of the day before", () -> morning(hub));
        int moved = steps.step("Receipts, transfers, tills", () -> trade(hub));
        Seller seller = new Seller(hub);
        List<Seller.Sale> orders =
                steps.step(WEB_ORDERS + " web orders hold stock and go to the ERP", () -> webOrders(seller));
        steps.step("They leave the centre", () -> ship(hub, seller, orders));
        steps.step("One more waits for stock, and is cancelled", () -> tooMuch(seller, hub));
        steps.step("The evening's counts", () -> evening(hub));
        steps.step("The ERP has it all", () -> erpAgrees(seller, orders));
        steps.step("Ledger, feeds, balance", () -> audit(hub));
        System.out.printf(
                Locale.ROOT,
                "%d movements at %d places, %d web orders, %d SKUs counted at each place%n%s%n",
                moved,
                SITES.size(),
                orders.size(),
                catalogue.articles().size(),
                steps);
        faults.stream().limit(20).forEach(fault -> System.out.println("  " + fault));
        System.out.println(
                faults.isEmpty()
                        ? "Stock: no drift, and the balance is true."
                        : "STOCK DOES NOT AGREE: " + faults.size());
        return List.copyOf(faults);
    }

    private Onboarding.Partner open(Onboarding.Partner partner) {
        Masters masters = new Masters(partner.hub(), erp);
        masters.inErp(catalogue.products());
        masters.inHub(catalogue.products());
        masters.partnerInErp(
                ERP_PARTNER,
                "Sales by the web shop of two stores",
                List.of(new Masters.Place(BUYER.line1(), BUYER.city(), BUYER.postalCode(), BUYER.country())));
        masters.accountInHub(CHANNEL, ERP_PARTNER);
        SITES.forEach(site -> masters.locationInHub(site.id(), site.kind(), site.name(), site.erpWarehouse()));
        ObjectNode kinds = HubClient.json();
        List.of("sale", "return", "receipt", "transfer-out", "transfer-in", "adjustment", "count-correction")
                .forEach(kinds.putArray("kinds")::add);
        operator.put("/api/inventory/v1/erp-movements?tenant=" + PARTNER, kinds).expect(200);
        ObjectNode policy = HubClient.json().put("mode", "reserve").put("onShortage", "backorder");
        policy.putArray("locations").add(CENTRE.id());
        operator.put("/api/order/v1/fulfilment-policies/" + CHANNEL + "?tenant=" + PARTNER, policy)
                .expect(200, 201);
        return partner;
    }

    private boolean morning(HubClient hub) {
        for (Site site : SITES) {
            Map<String, Integer> found = new HashMap<>();
            availability(hub, site)
                    .forEach(item -> found.put(
                            item.path("sku").asText(), item.path("onHand").asInt()));
            there.put(site, found);
        }
        booked.putAll(inErp());
        return true;
    }

    /** @return how many movements */
    private int trade(HubClient hub) {
        StockFeed wms = feed(hub, "wms");
        for (Catalogue.Article article : catalogue.articles()) {
            move(wms, "receipt", CENTRE, article, RECEIVED, "PO-" + run);
            for (Site store : List.of(BERLIN, YORK)) {
                move(wms, "transfer-out", CENTRE, article, -MOVED_ON, "TO-" + run + "-" + store.id());
                move(wms, "transfer-in", store, article, MOVED_ON, "TO-" + run + "-" + store.id());
            }
        }
        move(wms, "adjustment", CENTRE, catalogue.articles().get(0), -2, "BROKEN-" + run);
        wms.send();
        StockFeed berlin = feed(hub, "pos-berlin");
        till(berlin, BERLIN);
        berlin.send();
        StockFeed york = feed(hub, "pos-york");
        till(york, YORK);
        york.sendMixedUp();
        return (int) feeds.stream().mapToLong(StockFeed::told).sum();
    }

    private void till(StockFeed till, Site store) {
        for (int i = 0; i < TILL_SALES; i++) {
            Catalogue.Article article = any();
            int wanted = 1 + random.nextInt(2);
            if (quantity(store, article) >= wanted) {
                move(till, "sale", store, article, -wanted, "R-" + run + "-" + i);
                if (i % 20 == 0) {
                    move(till, "return", store, article, 1, "R-" + run + "-" + i + "-back");
                }
            }
        }
    }

    private List<Seller.Sale> webOrders(Seller seller) {
        List<SalesOrder> wanted = new ArrayList<>();
        for (int i = 0; i < WEB_ORDERS; i++) {
            wanted.add(order(i, any(), 1 + random.nextInt(2)));
        }
        List<Seller.Sale> sales = seller.place(wanted);
        List<String> ids = sales.stream().map(Seller.Sale::id).toList();
        await("orders that are not posted", () -> seller.standings(ids).values().stream()
                .allMatch(each -> each.status().equals("posted")));
        return sales;
    }

    /** Each in one parcel; their goods are in the ERP's books by its documents, so its own books of stock know nothing of it. */
    private boolean ship(HubClient hub, Seller seller, List<Seller.Sale> sales) {
        for (Seller.Sale sale : sales) {
            ObjectNode shipment = HubClient.json()
                    .put("shipmentNumber", "WH-" + sale.order().channelOrderId())
                    .put("location", CENTRE.id())
                    .put("shippedAt", now.toString());
            shipment.putObject("carrier").put("code", "DHL");
            shipment.putArray("parcels")
                    .addObject()
                    .put("trackingNumber", "T-" + sale.order().channelOrderId());
            ArrayNode lines = shipment.putArray("lines");
            for (int i = 0; i < sale.order().lines().size(); i++) {
                SalesOrder.Line line = sale.order().lines().get(i);
                int quantity = line.quantity().intValueExact();
                lines.addObject().put("lineId", Integer.toString(i + 1)).put("quantity", quantity);
                changes(CENTRE).merge(line.sku(), -quantity, Integer::sum);
            }
            hub.post("/api/order/v1/orders/" + sale.id() + "/shipments", shipment)
                    .expect(201);
        }
        List<String> ids = sales.stream().map(Seller.Sale::id).toList();
        await("orders that are not closed", () -> seller.standings(ids).values().stream()
                .allMatch(each -> each.status().equals("closed")));
        return true;
    }

    /** Nobody has so much of it. */
    private boolean tooMuch(Seller seller, HubClient hub) {
        String id = seller.place(order(WEB_ORDERS, catalogue.articles().get(1), 100_000))
                .id();
        await("an order that does not wait for stock", () -> status(seller, id).equals("backordered"));
        seller.cancel(id, "takes too long").expect(200, 202);
        await("an order that is not cancelled", () -> status(seller, id).equals("cancelled"));
        return true;
    }

    private static String status(Seller seller, String id) {
        return Objects.requireNonNull(seller.standings(List.of(id)).get(id), "it was asked about")
                .status();
    }

    private boolean evening(HubClient hub) {
        Instant counted = Instant.now();
        Map<Site, String> snapshots = new HashMap<>();
        for (Site site : SITES) {
            ObjectNode count = HubClient.json()
                    .put("source", site.id())
                    .put("snapshot", run)
                    .put("system", site.system())
                    .put("takenAt", counted.toString());
            ArrayNode lines = count.putArray("lines");
            for (Catalogue.Article article : catalogue.articles()) {
                lines.addObject()
                        .put("sku", article.product().sku())
                        .put("location", site.id())
                        .put("quantity", quantity(site, article));
            }
            snapshots.put(
                    site,
                    hub.post("/api/inventory/v1/snapshots", count)
                            .expect(202)
                            .body()
                            .path("snapshotId")
                            .asText());
        }
        snapshots.forEach((site, id) -> {
            String path = "/api/inventory/v1/snapshots/" + id;
            await(
                    "a count of " + site.id() + " that is not compared",
                    () -> hub.get(path).body().path("state").asText().equals("done"));
            JsonNode done = hub.get(path).expect(200).body();
            if (done.path("matching").asInt() != catalogue.articles().size()) {
                faults.add("the count of " + site.id() + " differs: " + done);
            }
        });
        return true;
    }

    private boolean erpAgrees(Seller seller, List<Seller.Sale> orders) throws Exception {
        await("movements that the ERP has not booked", () -> booked.equals(inErp()));
        Map<String, BigDecimal> found = inErp();
        booked.forEach((place, quantity) -> {
            if (!quantity.equals(found.get(place))) {
                faults.add("the ERP has " + found.get(place) + " of " + place + ", it should have " + quantity);
            }
        });
        Map<String, Booked> documents =
                new Books(installation).of(orders.stream().map(Seller.Sale::id).toList());
        for (Seller.Sale sale : orders) {
            Booked document = documents.get(sale.id());
            if (document == null || !document.sameAs(Booked.expected(sale.order()))) {
                faults.add("order " + sale.id() + " is " + document + " in the ERP");
            }
        }
        return true;
    }

    private boolean audit(HubClient hub) {
        operator.get("/api/inventory/v1/verification?tenant=" + PARTNER)
                .expect(200)
                .body()
                .path("faults")
                .forEach(fault -> faults.add("ledger: " + fault));
        feeds.forEach(feed -> {
            feed.refused()
                    .forEach((code, count) ->
                            faults.add(count + " movements of " + feed.name() + " were refused with " + code));
            JsonNode account = account(hub, feed.name());
            if (account.path("movements").asLong() != feed.told()
                    || account.path("missing").asLong() != 0
                    || account.path("conflicts").asLong() != 0) {
                faults.add("feed " + account);
            }
        });
        for (JsonNode sheet :
                operator.get("/api/operations/v1/balance").expect(200).body().path("sheets")) {
            if (sheet.path("tenant").asText().equals(PARTNER)
                    && !sheet.path("balanced").asBoolean()) {
                faults.add("balance: " + sheet);
            }
        }
        return true;
    }

    /** Each run has feeds of its own, and pages are in order of the names. */
    private static JsonNode account(HubClient hub, String feed) {
        String before = feed.substring(0, feed.length() - 1);
        for (JsonNode each : hub.get("/api/inventory/v1/feeds?after=" + before)
                .expect(200)
                .body()
                .path("feeds")) {
            if (each.path("feed").asText().equals(feed)) {
                return each;
            }
        }
        return HubClient.JSON.missingNode();
    }

    private StockFeed feed(HubClient hub, String name) {
        StockFeed feed = new StockFeed(hub, name + "-" + run);
        feeds.add(feed);
        return feed;
    }

    private void move(
            StockFeed feed, String kind, Site site, Catalogue.Article article, int quantity, String document) {
        String sku = article.product().sku();
        feed.add(HubClient.json()
                .put("document", document)
                .put("kind", kind)
                .put("sku", sku)
                .put("location", site.id())
                .put("quantity", quantity)
                .put("occurredAt", now.toString()));
        changes(site).merge(sku, quantity, Integer::sum);
        booked.merge(
                place(site.erpWarehouse(), article.product().item()),
                BigDecimal.valueOf(quantity),
                (was, more) -> was.add(more).setScale(0, RoundingMode.UNNECESSARY));
    }

    private Map<String, Integer> changes(Site site) {
        return there.computeIfAbsent(site, any -> new HashMap<>());
    }

    private int quantity(Site site, Catalogue.Article article) {
        return changes(site).getOrDefault(article.product().sku(), 0);
    }

    private Catalogue.Article any() {
        return catalogue.articles().get(random.nextInt(catalogue.articles().size()));
    }

    private SalesOrder order(int number, Catalogue.Article article, int quantity) {
        BigDecimal price = article.euros().setScale(4, RoundingMode.HALF_UP);
        BigDecimal pieces = BigDecimal.valueOf(quantity);
        BigDecimal tax = pieces.multiply(price)
                .setScale(2, RoundingMode.HALF_UP)
                .multiply(new BigDecimal("0.19"))
                .setScale(2, RoundingMode.HALF_UP);
        BigDecimal nothing = BigDecimal.ZERO.setScale(2);
        return new SalesOrder(
                CHANNEL,
                run + "-" + number,
                now,
                "EUR",
                new SalesOrder.Buyer(null, "buyer" + number + "@example.org", BUYER.name()),
                BUYER,
                List.of(new SalesOrder.Line(
                        article.product().sku(), article.product().name(), pieces, price, tax, nothing)),
                List.of(),
                nothing,
                nothing);
    }

    private Iterable<JsonNode> availability(HubClient hub, Site site) {
        StringBuilder question = new StringBuilder("/api/inventory/v1/availability?location=" + site.id());
        catalogue.products().forEach(product -> question.append("&sku=").append(product.sku()));
        return hub.get(question.toString()).expect(200).body().path("items");
    }

    private Map<String, BigDecimal> inErp() {
        Map<String, BigDecimal> found = new TreeMap<>();
        for (JsonNode each : erp.stock("").path("onHand")) {
            String warehouse = each.path("warehouse").asText();
            if (SITES.stream().anyMatch(site -> site.erpWarehouse().equals(warehouse))) {
                found.put(
                        place(warehouse, each.path("product").asText()),
                        each.path("quantity").decimalValue().setScale(0, RoundingMode.UNNECESSARY));
            }
        }
        return found;
    }

    private static String place(String warehouse, String item) {
        return item + " at " + warehouse;
    }

    /** @param otherwise what there is if it does not become true in time */
    private void await(String otherwise, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                faults.add("after " + patience.toSeconds() + " s there are " + otherwise);
                return;
            }
            Seller.pause(Duration.ofMillis(300));
        }
    }
}
