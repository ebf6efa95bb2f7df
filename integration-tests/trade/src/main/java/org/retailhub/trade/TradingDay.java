package org.retailhub.trade;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes up the orders of a day: the same seed and day give the same orders. */
final class TradingDay {
    /**
     * @param rate of the channel's currency to one euro
     * @param vat in percent
     * @param partner the ERP's business partner
     */
    record Channel(
            String name,
            String currency,
            String rate,
            int vat,
            String zone,
            String partner,
            List<SalesOrder.Address> towns) {}

    static final List<Channel> CHANNELS = List.of(
            new Channel(
                    "shop-eu",
                    "EUR",
                    "1",
                    19,
                    "Europe/Berlin",
                    "WEB-EU",
                    List.of(
                            new SalesOrder.Address(null, "Lindenstraße 14", "Kassel", "34117", "DE"),
                            new SalesOrder.Address(null, "12 rue des Tilleuls", "Nantes", "44000", "FR"),
                            new SalesOrder.Address(null, "Grachtweg 3", "Utrecht", "3511", "NL"))),
            new Channel(
                    "shop-uk",
                    "GBP",
                    "0.86",
                    20,
                    "Europe/London",
                    "WEB-UK",
                    List.of(
                            new SalesOrder.Address(null, "7 Mill Lane", "York", "YO1 7EP", "GB"),
                            new SalesOrder.Address(null, "3 Harbour View", "Cork", "T12 AB34", "IE"))),
            new Channel(
                    "market-us",
                    "USD",
                    "1.09",
                    0,
                    "America/New_York",
                    "MARKET-US",
                    List.of(
                            new SalesOrder.Address(null, "410 Maple Avenue", "Albany", "12207", "US"),
                            new SalesOrder.Address(null, "88 Cedar Street", "Portland", "97205", "US"))),
            new Channel(
                    "shop-ch",
                    "CHF",
                    "0.95",
                    8,
                    "Europe/Zurich",
                    "WEB-CH",
                    List.of(new SalesOrder.Address(null, "Seestrasse 22", "Thun", "3600", "CH"))));

    private static final String[] FIRST = {
        "Ada", "Jonas", "Mira", "Paul", "Leïla", "Tomasz", "Greta", "Søren", "Ines", "Liam"
    };
    private static final String[] LAST = {"Berger", "O'Neill", "García", "Novák", "Laurent", "Weiß", "Jansen", "Rossi"};

    private final Catalogue catalogue;
    private final Random random;
    private final OffsetDateTime end;
    private final String run;
    private int number;

    /** @param run begins each order number, so that two days do not meet */
    TradingDay(Catalogue catalogue, String run, OffsetDateTime end) {
        this.catalogue = catalogue;
        this.random = new Random(run.hashCode());
        this.end = end;
        this.run = run;
    }

    List<SalesOrder> orders(int count) {
        List<SalesOrder> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(10);
            orders.add(order(CHANNELS.get(kind < 5 ? 0 : kind < 7 ? 1 : kind < 9 ? 2 : 3), null));
        }
        return orders;
    }

    /** @param extra one more article, or null */
    SalesOrder order(Channel channel, Catalogue.@Nullable Article extra) {
        Set<Catalogue.Article> basket = new HashSet<>();
        int articles = 1 + random.nextInt(4);
        List<SalesOrder.Line> lines = new ArrayList<>();
        for (int i = 0; i < articles; i++) {
            Catalogue.Article article =
                    catalogue.articles().get(random.nextInt(catalogue.articles().size()));
            if (basket.add(article)) {
                lines.add(line(channel, article));
            }
        }
        if (extra != null) {
            lines.add(line(channel, extra));
        }
        BigDecimal shipping = random.nextInt(3) == 0 ? amount(channel, "0") : amount(channel, "4.12");
        List<SalesOrder.Charge> charges = new ArrayList<>();
        if (random.nextInt(8) == 0) {
            charges.add(charge(channel, "surcharge", "Express handling", "2.50"));
        }
        if (random.nextInt(12) == 0) {
            charges.add(charge(channel, "discount", "Voucher WELCOME", "-3.00"));
        }
        SalesOrder.Address town =
                channel.towns().get(random.nextInt(channel.towns().size()));
        String name = FIRST[random.nextInt(FIRST.length)] + " " + LAST[random.nextInt(LAST.length)];
        ZonedDateTime at = end.minusSeconds(random.nextInt(36_000))
                .atZoneSameInstant(ZoneId.of(channel.zone()))
                .withNano(0);
        return new SalesOrder(
                channel.name(),
                run + "-" + String.format("%04d", ++number),
                at.toOffsetDateTime(),
                channel.currency(),
                new SalesOrder.Buyer(null, "buyer" + number + "@example.org", name),
                new SalesOrder.Address(name, town.line1(), town.city(), town.postalCode(), town.country()),
                lines,
                charges,
                shipping,
                tax(channel, shipping));
    }

    /** The same order with one piece more of its first line. */
    static SalesOrder oneMore(SalesOrder order) {
        List<SalesOrder.Line> lines = new ArrayList<>(order.lines());
        SalesOrder.Line first = lines.get(0);
        lines.set(
                0,
                new SalesOrder.Line(
                        first.sku(),
                        first.name(),
                        first.quantity().add(BigDecimal.ONE),
                        first.unitPrice(),
                        first.tax(),
                        first.discount()));
        return new SalesOrder(
                order.channel(),
                order.channelOrderId(),
                order.placedAt(),
                order.currency(),
                order.buyer(),
                order.shipTo(),
                lines,
                order.charges(),
                order.shipping(),
                order.shippingTax());
    }

    private SalesOrder.Line line(Channel channel, Catalogue.Article article) {
        BigDecimal quantity = BigDecimal.valueOf(1 + random.nextInt(random.nextInt(5) == 0 ? 12 : 2));
        BigDecimal price =
                article.euros().multiply(new BigDecimal(channel.rate())).setScale(4, RoundingMode.HALF_UP);
        BigDecimal gross = amount(channel, quantity.multiply(price));
        BigDecimal discount =
                random.nextInt(6) == 0 ? amount(channel, gross.multiply(new BigDecimal("0.10"))) : amount(channel, "0");
        return new SalesOrder.Line(
                article.product().sku(),
                article.product().name(),
                quantity,
                price,
                tax(channel, gross.subtract(discount)),
                discount);
    }

    private static SalesOrder.Charge charge(Channel channel, String type, String description, String euros) {
        BigDecimal amount = amount(channel, euros);
        return new SalesOrder.Charge(type, description, amount, tax(channel, amount));
    }

    private static BigDecimal tax(Channel channel, BigDecimal net) {
        return amount(channel, net.multiply(BigDecimal.valueOf(channel.vat(), 2)));
    }

    private static BigDecimal amount(Channel channel, String euros) {
        return amount(channel, new BigDecimal(euros).multiply(new BigDecimal(channel.rate())));
    }

    private static BigDecimal amount(Channel channel, BigDecimal value) {
        return value.setScale(
                Currency.getInstance(channel.currency()).getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }
}
