package org.retailhub.erp.idempiere;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.Amends;
import org.retailhub.erp.domain.Resolution;

/**
 * Makes the rows of the documents that bring the ERP's books of an order from what they are to what is wanted, to the cent: a return document
 * for what is taken away, a further order for what is added. Another price is both. Pure.
 */
final class CorrectionRows {
    /** Goods by item and price, charges by their kind. */
    private record Key(
            @Nullable Long productId,
            @Nullable Long chargeId,
            @Nullable BigDecimal price) {
        static Key of(@Nullable Long productId, @Nullable Long chargeId, BigDecimal price) {
            return new Key(productId, chargeId, productId == null ? null : price.stripTrailingZeros());
        }
    }

    private record Text(
            @Nullable String lineId,
            @Nullable String sku,
            @Nullable String item,
            @Nullable String charge,
            String description) {}

    /** Of one key: how much is booked, and how much is to be. */
    private static final class Difference {
        private final Text text;
        private BigDecimal bookedQuantity = BigDecimal.ZERO;
        private BigDecimal bookedAmount = BigDecimal.ZERO;
        private BigDecimal wantedQuantity = BigDecimal.ZERO;
        private BigDecimal wantedAmount = BigDecimal.ZERO;

        Difference(Text text) {
            this.text = text;
        }

        BigDecimal quantity() {
            return wantedQuantity.subtract(bookedQuantity);
        }

        BigDecimal amount() {
            return wantedAmount.subtract(bookedAmount);
        }

        boolean isGoneAlready() {
            return wantedQuantity.signum() == 0 && bookedQuantity.signum() == 0;
        }
    }

    private final Amends amends;
    private final Booked booked;
    private final Mapping mapping;
    private final IdempiereFacts facts;
    private final List<DocumentRow> wanted;
    private final List<DocumentRow> rows = new ArrayList<>();

    private CorrectionRows(
            Amends amends, Booked booked, List<DocumentRow> wanted, Mapping mapping, IdempiereFacts facts) {
        this.amends = amends;
        this.booked = booked;
        this.wanted = wanted;
        this.mapping = mapping;
        this.facts = facts;
    }

    static Resolution<List<DocumentRow>> of(Amends amends, Mapping mapping, IdempiereFacts facts) {
        Booked booked = facts.booked.get(amends.orderId());
        Optional<String> fault = FurtherDocuments.fault(amends.orderId(), amends.sequence());
        if (booked == null || fault.isPresent()) {
            return new Resolution.ByPerson<>(fault.orElse("the ERP's document is not in its books"));
        }
        List<DocumentRow> wanted = List.of();
        if (amends.wanted() != null) {
            Resolution<List<DocumentRow>> whole = DocumentRows.of(amends.wanted(), mapping, facts);
            if (!(whole instanceof Resolution.Bookable<List<DocumentRow>> bookable)) {
                return whole;
            }
            wanted = bookable.document();
            String currency = amends.wanted().document().currency();
            if (!currency.equals(booked.document().currency())) {
                return new Resolution.ByPerson<>(
                        "the ERP's document is in " + booked.document().currency() + ", the order now in " + currency);
            }
        }
        return new CorrectionRows(amends, booked, wanted, mapping, facts).resolve();
    }

    private Resolution<List<DocumentRow>> resolve() {
        for (Map.Entry<Key, Difference> each : differences().entrySet()) {
            Optional<Resolution<List<DocumentRow>>> fault = each.getKey().productId() == null
                    ? charge(each.getKey(), each.getValue())
                    : goods(each.getKey(), each.getValue());
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        for (DocumentRow row : rows) {
            String number = row.header().documentNo();
            if (booked.further().contains(number)) {
                // The hub was set back and says something else now. The import would make a second one without a word.
                return new Resolution.ByPerson<>("the ERP has " + number + " by another message");
            }
        }
        String returns = FurtherDocuments.returns(amends.orderId(), amends.sequence());
        boolean givesBack =
                rows.stream().anyMatch(row -> row.header().documentNo().equals(returns));
        if (givesBack && !facts.returnTypes.contains(mapping.returnType())) {
            return new Resolution.Fault<>(
                    ErpError.UNKNOWN_DOCUMENT_TYPE, mapping.returnType() + " is not there, or no return of sales");
        }
        return rows.isEmpty() ? new Resolution.AsWanted<>() : new Resolution.Bookable<>(List.copyOf(rows));
    }

    private Map<Key, Difference> differences() {
        Map<Key, Difference> differences = new LinkedHashMap<>();
        for (Booked.Line line : booked.lines()) {
            Difference one = differences.computeIfAbsent(
                    Key.of(line.productId(), line.chargeId(), line.price()),
                    key -> new Difference(new Text(null, null, line.item(), line.charge(), text(line))));
            one.bookedQuantity = one.bookedQuantity.add(line.quantity());
            one.bookedAmount = one.bookedAmount.add(line.amount());
        }
        for (DocumentRow row : wanted) {
            Difference one = differences.computeIfAbsent(
                    Key.of(row.productId(), row.chargeId(), row.price()),
                    key -> new Difference(
                            new Text(row.lineId(), row.sku(), row.product(), row.charge(), row.description())));
            one.wantedQuantity = one.wantedQuantity.add(row.quantity());
            one.wantedAmount = one.wantedAmount.add(row.quantity()
                    .multiply(row.price())
                    .setScale(booked.document().precision(), RoundingMode.HALF_UP));
        }
        return differences;
    }

    private static String text(Booked.Line line) {
        return line.description() == null ? "" : line.description();
    }

    private Optional<Resolution<List<DocumentRow>>> goods(Key key, Difference difference) {
        int direction = difference.quantity().signum();
        if (direction == 0 && difference.amount().signum() == 0) {
            return Optional.empty();
        }
        if (direction > 0) {
            return sell(key, difference, difference.quantity(), difference.amount());
        }
        if (direction < 0) {
            return giveBack(
                    key,
                    difference,
                    difference.quantity().negate(),
                    difference.amount().negate());
        }
        if (difference.isGoneAlready()) {
            return Optional.of(new Resolution.ByPerson<>(difference.text.item() + " is gone from the ERP's books, and "
                    + difference.amount().negate().toPlainString() + " of its money is not"));
        }
        // As many, and twin lines round to another sum.
        return giveBack(key, difference, difference.bookedQuantity, difference.bookedAmount)
                .or(() -> sell(key, difference, difference.wantedQuantity, difference.wantedAmount));
    }

    /** What makes a charge smaller gives it back; what makes it larger, or turns it round, adds. */
    private Optional<Resolution<List<DocumentRow>>> charge(Key key, Difference difference) {
        BigDecimal amount = difference.amount();
        boolean smaller = amount.signum() == -difference.bookedAmount.signum()
                && amount.abs().compareTo(difference.bookedAmount.abs()) <= 0;
        if (amount.signum() == 0) {
            return Optional.empty();
        }
        if (smaller) {
            row(key, difference, true, BigDecimal.ONE, amount.negate());
        } else {
            row(key, difference, false, BigDecimal.ONE, amount);
        }
        return Optional.empty();
    }

    private Optional<Resolution<List<DocumentRow>>> giveBack(
            Key key, Difference difference, BigDecimal quantity, BigDecimal amount) {
        return priced(key, difference, true, quantity, amount);
    }

    private Optional<Resolution<List<DocumentRow>>> sell(
            Key key, Difference difference, BigDecimal quantity, BigDecimal amount) {
        return priced(key, difference, false, quantity, amount);
    }

    private Optional<Resolution<List<DocumentRow>>> priced(
            Key key, Difference difference, boolean back, BigDecimal quantity, BigDecimal amount) {
        int precision = booked.document().precision();
        BigDecimal usual = key.price() == null ? BigDecimal.ZERO : key.price();
        Optional<BigDecimal> price = ExactPrice.of(quantity, usual, amount, precision);
        price.ifPresent(exact -> row(key, difference, back, quantity, exact));
        return price.isPresent()
                ? Optional.empty()
                : Optional.of(new Resolution.Fault<>(
                        ErpError.AMOUNT_NOT_EXACT,
                        difference.text.item() + ": " + amount.toPlainString() + " with " + precision + " decimals"));
    }

    private void row(Key key, Difference difference, boolean back, BigDecimal quantity, BigDecimal price) {
        rows.add(new DocumentRow(
                header(back),
                RowId.of(RowId.origin(amends.messageId()), rows.size() + 1),
                difference.text.lineId(),
                difference.text.sku(),
                difference.text.item(),
                key.productId(),
                difference.text.charge(),
                key.chargeId(),
                quantity,
                price,
                difference.text.description()));
    }

    private DocumentRow.Header header(boolean back) {
        Booked.Document own = booked.document();
        LocalDate day = amends.at().atZone(mapping.zone()).toLocalDate();
        return new DocumentRow.Header(
                mapping.client(),
                back
                        ? FurtherDocuments.returns(amends.orderId(), amends.sequence())
                        : FurtherDocuments.adds(amends.orderId(), amends.sequence()),
                back ? mapping.returnType() : mapping.saleType(),
                own.reference() == null ? "" : own.reference(),
                null,
                null,
                day,
                own.currency(),
                own.currencyId(),
                own.priceListId(),
                own.partner(),
                own.partnerId(),
                own.locationId(),
                own.billToId(),
                null,
                null);
    }
}
