package org.retailhub.trade.uci;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.retailhub.simulator.erp.ErpControl;
import org.retailhub.trade.Booked;
import org.retailhub.trade.Books;
import org.retailhub.trade.HubClient;
import org.retailhub.trade.Installation;
import org.retailhub.trade.Masters;
import org.retailhub.trade.Onboarding;
import org.retailhub.trade.SalesOrder;
import org.retailhub.trade.Seller;

/**
 * All that the files have, day by day in their order: sales as orders and as stock that left, cancellation invoices as stock that came back,
 * corrections as adjustments, both of them told to the ERP, which knows the sales by its orders; what is no goods is classed and counted. The hub's
 * ledger, its positions, the ERP's documents and its stock must equal what {@link FileSums} computes straight from the files. Each run has numbers, a feed and a location of its own.
 */
public final class UciYear {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Installation installation;
    private final Path folder;

    public UciYear(Installation installation, Path folder) {
        this.installation = installation;
        this.folder = folder;
    }

    /** @param faults each difference in words; empty if all is equal */
    public record Outcome(
            int days,
            Map<String, Long> lines,
            int orders,
            long movements,
            double seconds,
            double settledSeconds,
            List<String> faults) {
        /** @return whether all is equal */
        public boolean print() {
            long all = lines.values().stream().mapToLong(Long::longValue).sum();
            System.out.printf(
                    Locale.ROOT,
                    "%d days, %d lines: %d orders and %d movements taken in %.0f s (%.0f lines/s), all booked after %.0f s%n",
                    days,
                    all,
                    orders,
                    movements,
                    seconds,
                    all / seconds,
                    settledSeconds);
            lines.forEach((kind, count) -> System.out.printf(Locale.ROOT, "  %-16s %8d lines%n", kind, count));
            faults.stream().limit(20).forEach(fault -> System.out.println("FAULT " + fault));
            System.out.println(faults.isEmpty() ? "All equal." : "NOT EQUAL: " + faults.size() + " faults.");
            return faults.isEmpty();
        }
    }

    /** An order that the hub took. */
    private record Sold(String country, SalesOrder order) {}

    public Outcome run() throws IOException, SQLException {
        List<Path> files = InvoiceFiles.of(folder, "");
        if (files.isEmpty()) {
            throw new IOException("no daily files in " + folder);
        }
        Instant begin = Instant.now();
        String run = Long.toString(begin.getEpochSecond(), 36);
        Onboarding.Partner partner = new Onboarding(installation).partner("uci", "UCI Online Retail");
        ErpControl erp = new ErpControl(installation.erpPort());
        Masters masters = new Masters(partner.hub(), erp);
        teach(masters, files);
        StockLines stock = new StockLines(partner.hub(), run);
        masters.locationInHub(stock.location(), "store", "UCI Online Retail", stock.location());
        stock.toldToErp(new HubClient(installation.hub(), installation.secret("RETAIL_OPERATOR_KEY")), partner.code());

        Seller seller = new Seller(partner.hub());
        Map<LineClass, Long> lines = new EnumMap<>(LineClass.class);
        Map<String, Sold> sold = new HashMap<>();
        List<String> faults = new ArrayList<>();
        Instant selling = Instant.now();
        for (Path file : files) {
            day(
                    InvoiceFiles.read(List.of(file)),
                    run.toUpperCase(Locale.ROOT) + "-",
                    seller,
                    stock,
                    lines,
                    sold,
                    faults);
        }
        stock.send();
        double seconds = since(selling);
        new Settling(seller, PATIENCE).until(List.copyOf(sold.keySet()), faults);
        ErpStock erpStock = new ErpStock(erp, stock.location());
        double settled = since(selling);

        FileSums wanted = FileSums.of(files);
        Map<String, Long> classes = new TreeMap<>();
        lines.forEach((kind, count) -> classes.put(kind.text(), count));
        differ("lines that are", wanted.classes(), classes, faults);
        stock.refused().forEach((code, count) -> faults.add(count + " movements were refused with " + code));
        Ledger ledger = new Ledger(installation);
        differ("units moved of", wanted.months(), ledger.months(stock.location()), faults);
        differ("units there of", wanted.stock(), ledger.positions(stock.location()), faults);
        differ(
                "units by returns and corrections in the ERP of",
                wanted.items(),
                erpStock.settled(wanted.items(), PATIENCE),
                faults);
        differ("money and lines of", wanted.sales(), booked(sold, faults), faults);
        return new Outcome(files.size(), classes, sold.size(), stock.told(), seconds, settled, faults);
    }

    private static double since(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis() / 1000.0;
    }

    private static void day(
            List<Invoice> invoices,
            String run,
            Seller seller,
            StockLines stock,
            Map<LineClass, Long> lines,
            Map<String, Sold> sold,
            List<String> faults) {
        List<Invoice> sales = invoices.stream().filter(Invoice::isSale).toList();
        List<Seller.Sale> placed = seller.place(
                sales.stream().map(sale -> InvoiceOrders.order(sale, run)).toList());
        for (int i = 0; i < placed.size(); i++) {
            Seller.Sale sale = placed.get(i);
            if (!sale.accepted()) {
                faults.add("invoice " + sale.order().channelOrderId() + " was refused with " + sale.status() + ": "
                        + sale.answer());
            } else if (sold.put(sale.id(), new Sold(sales.get(i).country(), sale.order())) != null) {
                faults.add("two invoices became the order " + sale.id());
            }
        }
        for (Invoice invoice : invoices) {
            int line = 0;
            for (Invoice.Item item : invoice.items()) {
                LineClass kind = LineClass.of(invoice, item);
                lines.merge(kind, 1L, Long::sum);
                stock.add(invoice, ++line, kind, item, run + invoice.number());
            }
        }
    }

    /** Items and partners that both sides must know; a day at a time, so that the year needs no more memory than a day. */
    private static void teach(Masters masters, List<Path> files) {
        Map<String, Masters.Product> products = new LinkedHashMap<>();
        Map<String, Masters.Place> places = new TreeMap<>();
        for (Path file : files) {
            for (Invoice invoice : InvoiceFiles.read(List.of(file))) {
                Countries.find(invoice.country()).ifPresent(code -> places.put(code, InvoiceOrders.placeIn(code)));
                for (Invoice.Item item : invoice.items()) {
                    if (InvoiceOrders.isGoods(item.code())) {
                        products.putIfAbsent(item.code(), InvoiceOrders.product(item));
                    }
                }
            }
        }
        UciReplay.teach(masters, products, places);
    }

    /** By the country's name: documents, lines, pence. */
    private Map<String, List<Long>> booked(Map<String, Sold> sold, List<String> faults) throws SQLException {
        Map<String, Booked> books = new Books(installation).of(sold.keySet());
        Map<String, long[]> sums = new TreeMap<>();
        books.forEach((id, each) -> {
            Sold sale = Objects.requireNonNull(sold.get(id), "only these were asked for");
            if (!each.sameAs(Booked.expected(sale.order()))) {
                faults.add("order " + sale.order().channelOrderId() + " is " + each + " in the ERP");
            }
            String country = Countries.find(sale.country()).orElse(each.country());
            if (!country.equals(each.country())) {
                faults.add("order " + sale.order().channelOrderId() + " went to " + each.country());
            }
            long[] sum = sums.computeIfAbsent(sale.country(), name -> new long[3]);
            sum[0] += each.documents();
            sum[1] += each.lines();
            sum[2] += each.money().movePointRight(2).longValueExact();
        });
        Map<String, List<Long>> result = new TreeMap<>();
        sums.forEach((country, sum) -> result.put(country, List.of(sum[0], sum[1], sum[2])));
        return result;
    }

    static <T> void differ(String what, Map<String, T> wanted, Map<String, T> found, List<String> faults) {
        wanted.forEach((key, value) -> {
            if (!value.equals(found.get(key))) {
                faults.add(what + " " + key.replace('\t', ' ') + ": " + value + " in the files, " + found.get(key)
                        + " here");
            }
        });
        found.forEach((key, value) -> {
            if (!wanted.containsKey(key)) {
                faults.add(what + " " + key.replace('\t', ' ') + ": none in the files, " + value + " here");
            }
        });
    }
}
