package org.retailhub.trade;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.retailhub.simulator.erp.ErpControl;

/**
 * A new installation's first trading day: a partner, its masters, a few hundred orders over HTTP, and the ERP's documents of them.
 * Among them are repetitions (a client that did not hear the answer), an article that master data learns only after it was sold,
 * one that it never learns, a change, a cancellation and a test order.
 */
public final class FirstOrders {
    private static final String PARTNER = "demo";
    private static final int ORDINARY = 300;
    private static final int REPEATED = 5;
    private static final int NEW_ARTICLE = 8;
    private static final int UNKNOWN_ARTICLE = 2;
    private static final Set<String> NOT_UNDER_WAY =
            Set.of("posted", "cancelled", "awaiting-mapping", "erp-rejected", "not-for-erp");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Installation installation;
    private final ErpControl erp;
    private final Steps steps = new Steps();
    private final Catalogue catalogue = new Catalogue();

    public FirstOrders(Installation installation) {
        this.installation = installation;
        this.erp = new ErpControl(installation.erpPort());
    }

    /** @return whether the books balance */
    public boolean run() throws Exception {
        OffsetDateTime now = OffsetDateTime.now().withNano(0);
        String run = "D" + Long.toString(now.toEpochSecond(), 36).toUpperCase(Locale.ROOT);
        Onboarding onboarding = new Onboarding(installation);
        Onboarding.Partner partner =
                steps.step("Partner, tenant and key", () -> onboarding.partner(PARTNER, "Demonstration shop"));
        Masters masters = new Masters(partner.hub(), erp);
        Seller seller = new Seller(partner.hub());
        steps.step("Masters in the ERP and in the hub", () -> masters(masters));

        TradingDay day = new TradingDay(catalogue, run, now);
        // Each run brings new articles, so they need GTINs that no earlier run took.
        int running = 1000 + (int) (now.toEpochSecond() % 1_000_000_000) * 2;
        Catalogue.Article late = Catalogue.article("NEW-" + run, "Tea pot, new this season", "24.3697", running);
        Catalogue.Article never = Catalogue.article("LOST-" + run, "Nobody knows this one", "5.00", running + 1);
        List<SalesOrder> orders = new ArrayList<>(day.orders(ORDINARY));
        for (int i = 0; i < NEW_ARTICLE; i++) {
            orders.add(day.order(TradingDay.CHANNELS.get(i % TradingDay.CHANNELS.size()), late));
        }
        for (int i = 0; i < UNKNOWN_ARTICLE; i++) {
            orders.add(day.order(TradingDay.CHANNELS.get(0), never));
        }

        // The ERP sleeps meanwhile, as it does at night: what is changed or cancelled now is not in its books yet.
        erp.stopped();
        List<Seller.Sale> sales;
        List<Seller.Sale> repeated;
        Map<String, SalesOrder> wanted = new HashMap<>();
        String changed;
        String cancelled;
        try {
            sales = steps.step(orders.size() + " orders sent", () -> seller.place(orders));
            repeated = steps.step(REPEATED + " of them sent again", () -> seller.place(orders.subList(0, REPEATED)));
            for (Seller.Sale sale : sales) {
                if (sale.accepted()) {
                    wanted.put(sale.id(), sale.order());
                }
            }
            changed = sales.get(10).id();
            cancelled = sales.get(11).id();
            steps.step("One order changed, one cancelled", () -> {
                SalesOrder more = TradingDay.oneMore(sales.get(10).order());
                seller.change(changed, more).expect(200, 202);
                wanted.put(changed, more);
                seller.cancel(cancelled, "bought by mistake").expect(200, 202);
                return takenBack(seller, cancelled);
            });
        } finally {
            erp.normal();
        }
        steps.step("The new article comes back from the ERP", () -> {
            masters.wholeInErp(late.product());
            if (!onboarding.itemsComeBackFromErp(partner)) {
                masters.inHub(List.of(late.product()));
            }
            return late;
        });
        List<String> ids = List.copyOf(wanted.keySet());
        Map<String, Seller.Standing> standings =
                steps.step("Until the ERP has its documents", () -> settle(seller, ids, sales));
        Map<String, Booked> books = steps.step("ERP's books read", () -> new Books(installation).of(ids));
        return report(sales, repeated, wanted, standings, books, partner);
    }

    private int masters(Masters masters) {
        masters.inErp(catalogue.products());
        for (TradingDay.Channel channel : TradingDay.CHANNELS) {
            masters.partnerInErp(
                    channel.partner(),
                    "Sales by " + channel.name(),
                    channel.towns().stream()
                            .map(town ->
                                    new Masters.Place(town.line1(), town.city(), town.postalCode(), town.country()))
                            .toList());
            masters.accountInHub(channel.name(), channel.partner());
        }
        masters.inHub(catalogue.products());
        return catalogue.products().size();
    }

    /** Waits until the hub has taken the posting back: 202 only says that it will, if the ERP has not made a document by then. */
    private static boolean takenBack(Seller seller, String id) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!standing(seller.standings(List.of(id)), id).status().equals("cancelled")) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            Seller.pause(Duration.ofMillis(100));
        }
        return true;
    }

    private static Seller.Standing standing(Map<String, Seller.Standing> standings, String id) {
        return Objects.requireNonNull(standings.get(id), "each order that is asked about stands somewhere");
    }

    /** Waits until nothing is under way; an order whose article nobody knows waits longer than we do. */
    private Map<String, Seller.Standing> settle(Seller seller, List<String> ids, List<Seller.Sale> sales) {
        Set<String> unknown = sales.subList(sales.size() - UNKNOWN_ARTICLE, sales.size()).stream()
                .map(Seller.Sale::id)
                .collect(Collectors.toSet());
        Instant deadline = Instant.now().plus(PATIENCE);
        Map<String, Seller.Standing> standings = new HashMap<>();
        List<String> open = ids;
        while (true) {
            standings.putAll(seller.standings(open));
            open = ids.stream()
                    .filter(id -> {
                        String status = standing(standings, id).status();
                        return !NOT_UNDER_WAY.contains(status)
                                || status.equals("awaiting-mapping") && !unknown.contains(id);
                    })
                    .toList();
            if (open.isEmpty() || Instant.now().isAfter(deadline)) {
                return standings;
            }
            Seller.pause(Duration.ofMillis(500));
        }
    }

    private boolean report(
            List<Seller.Sale> sales,
            List<Seller.Sale> repeated,
            Map<String, SalesOrder> wanted,
            Map<String, Seller.Standing> standings,
            Map<String, Booked> books,
            Onboarding.Partner partner) {
        List<String> faults = new ArrayList<>();
        Map<String, Integer> byStatus = new TreeMap<>();
        Map<String, Map<String, Integer>> waiting = new TreeMap<>();
        Map<String, Object[]> byCurrency = new TreeMap<>();
        standings.forEach((id, standing) -> {
            byStatus.merge(standing.status(), 1, Integer::sum);
            Booked booked = books.get(id);
            if (standing.status().equals("posted")) {
                Booked expected =
                        Booked.expected(Objects.requireNonNull(wanted.get(id), "only what is wanted was asked about"));
                if (booked == null || !booked.sameAs(expected)) {
                    faults.add("order " + id + ": the ERP has " + (booked == null ? "nothing" : booked)
                            + ", it should have " + expected);
                }
            } else {
                if (booked != null) {
                    faults.add("order " + id + " is " + standing.status() + ", but the ERP has " + booked);
                }
                if (!standing.status().equals("cancelled") && !standing.status().equals("not-for-erp")) {
                    waiting.computeIfAbsent(standing.status(), status -> new TreeMap<>())
                            .merge(standing.reason(), 1, Integer::sum);
                }
            }
        });
        books.values().forEach(booked -> {
            Object[] sum = byCurrency.computeIfAbsent(booked.currency(), c -> new Object[] {0, 0, BigDecimal.ZERO});
            sum[0] = (int) sum[0] + booked.documents();
            sum[1] = (int) sum[1] + booked.lines();
            sum[2] = ((BigDecimal) sum[2]).add(booked.money());
        });
        List<Seller.Sale> refused =
                sales.stream().filter(sale -> !sale.accepted()).toList();
        refused.stream()
                .limit(5)
                .forEach(sale -> faults.add("order " + sale.order().channelOrderId() + " was refused with "
                        + sale.status() + ": " + sale.answer()));
        for (int i = 0; i < repeated.size(); i++) {
            if (!repeated.get(i).id().equals(sales.get(i).id())) {
                faults.add("order " + sales.get(i).order().channelOrderId() + ", sent again, became another order");
            }
        }
        int posted = byStatus.getOrDefault("posted", 0);
        int cancelled = byStatus.getOrDefault("cancelled", 0);
        int waits = waiting.values().stream()
                .flatMap(reasons -> reasons.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
        boolean sum = wanted.size() == posted + cancelled + waits
                && sales.size() + repeated.size() == wanted.size() + refused.size() + repeated.size();
        if (!sum) {
            faults.add("the sum is wrong");
        }
        if (byStatus.keySet().stream().anyMatch(status -> !NOT_UNDER_WAY.contains(status))) {
            faults.add("after " + PATIENCE.toSeconds() + " s some orders are still under way");
        }

        System.out.println();
        System.out.printf(
                "Sent %d = %d orders + %d sent again + %d refused%n",
                sales.size() + repeated.size(), wanted.size(), repeated.size(), refused.size());
        System.out.printf(
                "Received %d = %d posted + %d cancelled + %d waiting%n", wanted.size(), posted, cancelled, waits);
        waiting.forEach((status, reasons) -> reasons.forEach((reason, count) ->
                System.out.printf("  %d %s%s%n", count, status, reason.isEmpty() ? "" : ": " + reason)));
        System.out.println("ERP documents  currency  documents   lines          money");
        byCurrency.forEach((currency, totals) ->
                System.out.printf("               %-8s %10d %7d %14s%n", currency, totals[0], totals[1], totals[2]));
        System.out.println(steps);
        System.out.println("Orders         " + installation.hub() + "/api/order/v1/orders");
        System.out.println("ERP's ledger   http://127.0.0.1:" + installation.erpPort() + "/ledger");
        System.out.println("Key of \"" + partner.code() + "\"  " + partner.key() + "   (header X-API-Key)");
        System.out.println(faults.isEmpty() ? "The books balance." : "THE BOOKS DO NOT BALANCE:");
        faults.stream().limit(20).forEach(fault -> System.out.println("  " + fault));
        return faults.isEmpty();
    }
}
