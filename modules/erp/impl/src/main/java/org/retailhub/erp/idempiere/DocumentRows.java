package org.retailhub.erp.idempiere;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.domain.Booking;
import org.retailhub.erp.domain.Resolution;
import org.retailhub.erp.domain.Resolution.Bookable;
import org.retailhub.erp.domain.Resolution.Fault;

/**
 * Makes the rows of one document, or says why the ERP could not make a whole document of them. Pure. A row in error would be left out
 * of its document by the import, so everything that it looks up is looked up before.
 */
final class DocumentRows {
    private final Booking booking;
    private final SalesDocument document;
    private final Mapping mapping;
    private final IdempiereFacts facts;
    private final List<DocumentRow> rows = new ArrayList<>();

    private DocumentRows(Booking booking, Mapping mapping, IdempiereFacts facts) {
        this.booking = booking;
        this.document = booking.document();
        this.mapping = mapping;
        this.facts = facts;
    }

    static Resolution<List<DocumentRow>> of(Booking booking, Mapping mapping, IdempiereFacts facts) {
        return new DocumentRows(booking, mapping, facts).resolve();
    }

    private Resolution<List<DocumentRow>> resolve() {
        IdempiereFacts.Partner partner = facts.partners.get(booking.partner());
        if (partner == null || !partner.hasAddress()) {
            return new Fault<>(
                    ErpError.UNKNOWN_PARTNER,
                    booking.partner() + (partner == null ? " is not there or not active" : " has no address"));
        }
        IdempiereFacts.Currency currency = facts.currencies.get(document.currency());
        if (currency == null) {
            return new Fault<>(
                    ErpError.UNKNOWN_CURRENCY, document.currency() + " has no active sales price list without tax");
        }
        int minorUnit = Math.max(0, Currency.getInstance(document.currency()).getDefaultFractionDigits());
        String country = document.shipTo() == null ? null : document.shipTo().country();
        if (country != null && !facts.countries.containsKey(country)) {
            return new Fault<>(ErpError.UNKNOWN_COUNTRY, country);
        }
        DocumentRow.Header header = new DocumentRow.Header(
                mapping.client(),
                document.orderId(),
                mapping.saleType(),
                document.channel() + " " + document.channelOrderId(),
                document.channel(),
                document.channelOrderId(),
                document.placedAt().toLocalDate(),
                document.currency(),
                currency.id(),
                currency.priceListId(),
                booking.partner(),
                partner.id(),
                null,
                null,
                document.shipTo(),
                country == null ? null : facts.countries.get(country));
        return goods(header, minorUnit, currency.precision())
                .or(() -> charges(header, minorUnit, currency.precision()))
                .<Resolution<List<DocumentRow>>>map(fault -> fault)
                .orElseGet(() -> new Bookable<>(List.copyOf(rows)));
    }

    private Optional<Fault<List<DocumentRow>>> goods(DocumentRow.Header header, int minorUnit, int precision) {
        TreeSet<String> unknown = new TreeSet<>();
        String origin = RowId.origin(booking.messageId());
        for (SalesDocument.Line line : document.lines()) {
            String item = booking.itemBySku().get(line.sku());
            Long product = item == null ? null : facts.products.get(item);
            if (item == null || product == null) {
                unknown.add(line.sku() + " (" + item + ")");
                continue;
            }
            BigDecimal amount = line.quantity().multiply(line.unitPrice()).setScale(minorUnit, RoundingMode.HALF_UP);
            Optional<BigDecimal> price = ExactPrice.of(line.quantity(), line.unitPrice(), amount, precision);
            if (price.isEmpty()) {
                return inexact("line " + line.lineId(), amount, precision);
            }
            rows.add(new DocumentRow(
                    header,
                    RowId.of(origin, rows.size() + 1),
                    line.lineId(),
                    line.sku(),
                    item,
                    product,
                    null,
                    null,
                    line.quantity(),
                    price.get(),
                    line.lineId() + " " + line.sku()));
        }
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault<>(ErpError.UNKNOWN_PRODUCT, String.join(", ", unknown)));
    }

    private Optional<Fault<List<DocumentRow>>> charges(DocumentRow.Header header, int minorUnit, int precision) {
        String origin = RowId.origin(booking.messageId());
        for (SalesDocument.Charge charge : document.charges()) {
            String type = charge.type().toLowerCase(Locale.ROOT);
            IdempiereFacts.Charge found =
                    facts.charges.get(mapping.chargeName(type).orElse(type));
            if (found == null) {
                return Optional.of(new Fault<>(
                        ErpError.UNKNOWN_CHARGE,
                        type + mapping.chargeName(type).map(n -> " (" + n + ")").orElse("")));
            }
            BigDecimal amount = charge.amount().setScale(minorUnit, RoundingMode.HALF_UP);
            // Without a product there is no list price: zero stays zero.
            if (amount.setScale(precision, RoundingMode.HALF_UP).compareTo(amount) != 0) {
                return inexact("charge " + type, amount, precision);
            }
            rows.add(new DocumentRow(
                    header,
                    RowId.of(origin, rows.size() + 1),
                    null,
                    null,
                    null,
                    null,
                    found.name(),
                    found.id(),
                    BigDecimal.ONE,
                    amount,
                    charge.description() == null || charge.description().isBlank() ? type : charge.description()));
        }
        return Optional.empty();
    }

    private Optional<Fault<List<DocumentRow>>> inexact(String of, BigDecimal amount, int precision) {
        return Optional.of(new Fault<>(
                ErpError.AMOUNT_NOT_EXACT,
                of + ": " + amount.toPlainString() + " " + document.currency() + " with " + precision + " decimals"));
    }
}
