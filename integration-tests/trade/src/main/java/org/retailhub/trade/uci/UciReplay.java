package org.retailhub.trade.uci;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.retailhub.simulator.erp.ErpControl;
import org.retailhub.trade.Booked;
import org.retailhub.trade.Books;
import org.retailhub.trade.Installation;
import org.retailhub.trade.Masters;
import org.retailhub.trade.Onboarding;
import org.retailhub.trade.SalesOrder;
import org.retailhub.trade.Seller;

/**
 * Sells what was sold in December 2010 again, through the hub, and compares the ERP's documents with {@link PlainSums}. Each run sells
 * anew, under numbers of its own.
 */
public final class UciReplay {
    private static final String MONTH = "2010-12";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Installation installation;
    private final Path folder;
    private final Duration patience;

    public UciReplay(Installation installation, Path folder) {
        this.installation = installation;
        this.folder = folder;
        this.patience = PATIENCE;
    }

    /** Invoices, lines and money of one country, as it should be and as the ERP has it. */
    public record Country(String code, long[] wanted, long[] booked) {
        public boolean equal() {
            return java.util.Arrays.equals(wanted, booked);
        }
    }

    /** @param faults besides sums that differ: orders refused, documents doubled, other currencies */
    public record Outcome(int orders, double seconds, List<Country> countries, List<String> faults) {
        public boolean good() {
            return faults.isEmpty() && countries.stream().allMatch(Country::equal);
        }

        /** @return whether all is equal */
        public boolean print() {
            System.out.printf(
                    Locale.ROOT, "%d sales invoices of December 2010 through the hub in %.0f s%n", orders, seconds);
            System.out.println("country    invoices             lines                 money, GBP");
            System.out.println("           files      ERP       files      ERP        files            ERP");
            for (Country each : countries) {
                System.out.printf(
                        Locale.ROOT,
                        "%-10s %-10d %-10d%-11d%-11d%-17s%-15s %s%n",
                        each.code,
                        each.wanted[0],
                        each.booked[0],
                        each.wanted[1],
                        each.booked[1],
                        BigDecimal.valueOf(each.wanted[2], 2),
                        BigDecimal.valueOf(each.booked[2], 2),
                        each.equal() ? "" : "DIFFERS");
            }
            faults.stream().limit(20).forEach(fault -> System.out.println("FAULT " + fault));
            System.out.println(good() ? "All equal." : "NOT EQUAL.");
            return good();
        }
    }

    public Outcome run() throws IOException, SQLException {
        List<Path> files = InvoiceFiles.of(folder, MONTH);
        if (files.isEmpty()) {
            throw new IOException("no files of " + MONTH + " in " + folder);
        }
        List<Invoice> invoices =
                InvoiceFiles.read(files).stream().filter(Invoice::isSale).toList();
        Instant begin = Instant.now();
        ErpControl erp = new ErpControl(installation.erpPort());
        Onboarding.Partner partner = new Onboarding(installation).partner("uci", "UCI Online Retail");
        masters(new Masters(partner.hub(), erp), invoices);

        String run = Long.toString(begin.getEpochSecond(), 36).toUpperCase(Locale.ROOT) + "-";
        Seller seller = new Seller(partner.hub());
        List<Seller.Sale> sales = seller.place(invoices.stream()
                .map(invoice -> InvoiceOrders.order(invoice, run))
                .toList());
        List<String> faults = new ArrayList<>();
        Map<String, SalesOrder> sold = new HashMap<>();
        for (Seller.Sale sale : sales) {
            if (!sale.accepted()) {
                faults.add("invoice " + sale.order().channelOrderId() + " was refused with " + sale.status() + ": "
                        + sale.answer());
            } else if (sold.put(sale.id(), sale.order()) != null) {
                faults.add("two invoices became the order " + sale.id());
            }
        }
        new Settling(seller, patience).until(List.copyOf(sold.keySet()), faults);
        Map<String, Booked> books = new Books(installation).of(sold.keySet());
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        return new Outcome(invoices.size(), seconds, compare(PlainSums.of(files), books.values(), faults), faults);
    }

    private static void masters(Masters masters, List<Invoice> invoices) {
        Map<String, Masters.Product> products = new LinkedHashMap<>();
        Map<String, Masters.Place> places = new TreeMap<>();
        for (Invoice invoice : invoices) {
            String country = Countries.code(invoice.country());
            places.put(country, InvoiceOrders.placeIn(country));
            for (Invoice.Item item : invoice.items()) {
                if (InvoiceOrders.isGoods(item.code())) {
                    products.putIfAbsent(item.code(), InvoiceOrders.product(item));
                }
            }
        }
        teach(masters, products, places);
    }

    static void teach(Masters masters, Map<String, Masters.Product> products, Map<String, Masters.Place> places) {
        masters.inErp(List.copyOf(products.values()));
        masters.partnerInErp(InvoiceOrders.PARTNER, "UCI Online Retail", List.copyOf(places.values()));
        masters.accountInHub(InvoiceOrders.CHANNEL, InvoiceOrders.PARTNER);
        masters.inHub(List.copyOf(products.values()));
    }

    private static List<Country> compare(Map<String, PlainSums.Sum> sums, Iterable<Booked> books, List<String> faults) {
        Map<String, long[]> booked = new TreeMap<>();
        for (Booked each : books) {
            if (each.documents() != 1) {
                faults.add("an order has " + each.documents() + " documents");
            }
            if (!each.currency().equals("GBP")) {
                faults.add("a document is in " + each.currency());
            }
            long[] sum = booked.computeIfAbsent(each.country(), code -> new long[3]);
            sum[0] += each.documents();
            sum[1] += each.lines();
            sum[2] += each.money().movePointRight(2).longValueExact();
        }
        Map<String, long[]> wanted = new TreeMap<>();
        sums.forEach(
                (name, sum) -> wanted.put(Countries.code(name), new long[] {sum.invoices(), sum.lines(), sum.pence()}));
        Map<String, Country> all = new TreeMap<>();
        wanted.forEach((code, sum) -> all.put(code, new Country(code, sum, booked.getOrDefault(code, new long[3]))));
        booked.forEach((code, sum) -> all.putIfAbsent(code, new Country(code, new long[3], sum)));
        return List.copyOf(all.values());
    }
}
