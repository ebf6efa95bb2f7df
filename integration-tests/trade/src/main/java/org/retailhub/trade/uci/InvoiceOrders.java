package org.retailhub.trade.uci;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.trade.Masters;
import org.retailhub.trade.SalesOrder;

/** Makes canonical orders of invoices: goods are lines, what is no goods is a charge. Pure. */
final class InvoiceOrders {
    /** Begins the ERP's key of each item. */
    static final String ITEM = "UCI-";

    static final String CHANNEL = "uci-gifts";
    static final String PARTNER = "UCI-GIFTS";

    /** The files have no addresses: one for each country stands for all customers there. */
    static Masters.Place placeIn(String countryCode) {
        return new Masters.Place("Not told", "Not told", null, countryCode);
    }

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Pattern VOUCHER = Pattern.compile("gift_[0-9]+_[0-9]+");

    /** Codes that are no goods, in capitals. A POST or a D is no article, however it is spelt. */
    private static final Map<String, String> CHARGES = Map.of(
            "POST", "postage",
            "DOT", "postage",
            "C2", "carriage",
            "M", "manual",
            "D", "discount",
            "S", "samples",
            "BANK CHARGES", "bank-charges",
            "AMAZONFEE", "commission",
            "CRUK", "donation");

    private InvoiceOrders() {}

    /** London's clock, as the files have it. */
    static OffsetDateTime at(Invoice invoice) {
        return invoice.at().atZone(LONDON).toOffsetDateTime();
    }

    static boolean isGoods(String code) {
        return chargeType(code) == null;
    }

    private static @Nullable String chargeType(String code) {
        return VOUCHER.matcher(code).matches() ? "gift-card" : CHARGES.get(code.toUpperCase(Locale.ROOT));
    }

    /** The ERP keeps its items in capitals; the files spell some codes both ways. */
    static Masters.Product product(Invoice.Item item) {
        String name = item.description().isEmpty() ? item.code() : item.description();
        return new Masters.Product(item.code(), ITEM + item.code().toUpperCase(Locale.ROOT), name, null);
    }

    /** @param run begins the order number, so that the same invoices can be sold again */
    static SalesOrder order(Invoice invoice, String run) {
        BigDecimal zero = new BigDecimal("0.00");
        List<SalesOrder.Line> lines = new ArrayList<>();
        List<SalesOrder.Charge> charges = new ArrayList<>();
        for (Invoice.Item item : invoice.items()) {
            BigDecimal quantity = BigDecimal.valueOf(item.quantity());
            String type = chargeType(item.code());
            if (type == null) {
                lines.add(new SalesOrder.Line(item.code(), item.description(), quantity, item.price(), zero, zero));
            } else {
                BigDecimal amount = item.price().multiply(quantity).setScale(2, RoundingMode.HALF_UP);
                charges.add(new SalesOrder.Charge(type, item.code() + " " + item.description(), amount, zero));
            }
        }
        SalesOrder.Buyer buyer = invoice.customer().isEmpty()
                ? null
                : new SalesOrder.Buyer(invoice.customer(), null, "Customer " + invoice.customer());
        return new SalesOrder(
                CHANNEL,
                run + invoice.number(),
                at(invoice),
                "GBP",
                buyer,
                Countries.find(invoice.country())
                        .map(code -> address(buyer, placeIn(code)))
                        .orElse(null),
                lines,
                charges,
                zero,
                zero);
    }

    private static SalesOrder.Address address(SalesOrder.@Nullable Buyer buyer, Masters.Place place) {
        return new SalesOrder.Address(
                buyer == null ? null : buyer.name(), place.line1(), place.city(), place.postalCode(), place.country());
    }
}
