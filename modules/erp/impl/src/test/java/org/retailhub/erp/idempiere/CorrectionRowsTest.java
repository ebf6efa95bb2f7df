package org.retailhub.erp.idempiere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.domain.Amends;
import org.retailhub.erp.domain.Booking;
import org.retailhub.erp.domain.Resolution;

/** What the ERP needs beside its document of order A1. SHIRT is its product 1, MUG its product 2. */
class CorrectionRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final Map<String, String> ITEMS = Map.of("SHIRT", "T-1", "MUG", "T-2");

    private final Mapping mapping = Mapping.load();
    private final IdempiereFacts facts = new IdempiereFacts();
    private Booked booked;

    @BeforeEach
    void erpKnowsItsMasters() {
        facts.products.putAll(Map.of("T-1", 1L, "T-2", 2L));
        facts.partners.put("SHOP-EU", new IdempiereFacts.Partner(7, true));
        facts.charges.put("Freight", new IdempiereFacts.Charge(11, "Freight"));
        facts.charges.put("discount", new IdempiereFacts.Charge(12, "Discount"));
        facts.currencies.put("EUR", new IdempiereFacts.Currency(102, 5, 2));
        facts.currencies.put("GBP", new IdempiereFacts.Currency(114, 6, 2));
        facts.returnTypes.add("Return Material");
        booked = new Booked(new Booked.Document("SHOP-EU", 7, 70, 71L, "EUR", 102, 2, 5, "shop-eu 1001"));
        facts.booked.put("A1", booked);
    }

    @Test
    void returnsAllThatIsBookedToTheCent() {
        has(goods(1, 3, "12.345"), goods(2, 1, "7.50"), charge(11, "4.90"), charge(12, "-2.00"));
        assertRows(
                cancel(),
                "A1-R2 T-1 3 × 12.345",
                "A1-R2 T-2 1 × 7.50",
                "A1-R2 Freight 1 × 4.90",
                "A1-R2 Discount 1 × -2.00");
    }

    @Test
    void goesToTheAddressesOfTheDocumentThatItCorrects() {
        has(goods(1, 1, "5.00"));
        DocumentRow.Header header = bookable(cancel()).get(0).header();
        assertEquals("Return Material", header.documentType());
        assertEquals(7, header.partnerId());
        assertEquals(70, header.locationId());
        assertEquals(71, header.billToId());
        assertEquals("shop-eu 1001", header.reference());
        assertEquals("2026-11-29", header.date().toString());
    }

    @Test
    void returnsTheLessAtThePriceThatMakesTheSumRight() {
        has(goods(1, 3, "12.345"));
        // 37.04 booked, 24.69 wanted.
        assertRows(change(line("SHIRT", 2, "12.345")), "A1-R2 T-1 1 × 12.345");
        // 0.02 booked, 0.01 wanted.
        booked.lines().clear();
        has(goods(2, 3, "0.005"));
        assertRows(change(line("MUG", 1, "0.005")), "A1-R2 T-2 2 × 0.005");
    }

    @Test
    void sellsTheMore() {
        has(goods(1, 1, "12.345"), charge(11, "4.90"));
        assertRows(change(List.of(line("SHIRT", 3, "12.345")), freight("4.90")), "A1-C2 T-1 2 × 12.345");
    }

    @Test
    void returnsARemovedLineAndSellsAnAddedOne() {
        has(goods(1, 2, "5.00"));
        assertRows(change(line("MUG", 1, "7.50")), "A1-R2 T-1 2 × 5.00", "A1-C2 T-2 1 × 7.50");
    }

    @Test
    void returnsAtTheOldPriceAndSellsAtTheNew() {
        has(goods(1, 2, "5.00"));
        assertRows(change(line("SHIRT", 2, "4.50")), "A1-R2 T-1 2 × 5.00", "A1-C2 T-1 2 × 4.50");
    }

    @Test
    void makesAChargeSmallerByReturningAndLargerByAdding() {
        has(goods(1, 1, "5.00"), charge(11, "4.90"), charge(12, "-2.00"));
        SalesDocument.Line shirt = line("SHIRT", 1, "5.00");
        assertRows(change(List.of(shirt), freight("3.00"), discount("-2.00")), "A1-R2 Freight 1 × 1.90");
        assertRows(change(List.of(shirt), freight("6.00"), discount("-2.00")), "A1-C2 Freight 1 × 1.10");
        assertRows(change(List.of(shirt), freight("4.90"), discount("-0.50")), "A1-R2 Discount 1 × -1.50");
        assertRows(change(List.of(shirt), freight("4.90"), discount("-3.00")), "A1-C2 Discount 1 × -1.00");
        assertRows(change(List.of(shirt), freight("4.90")), "A1-R2 Discount 1 × -2.00");
    }

    @Test
    void needsNothingWhereTheBooksAreAsWanted() {
        has(goods(1, 2, "5.00"), charge(11, "4.90"));
        assertInstanceOf(Resolution.AsWanted.class, change(List.of(line("SHIRT", 2, "5.0000")), freight("4.90")));
        booked.lines().clear();
        assertInstanceOf(Resolution.AsWanted.class, cancel());
    }

    @Test
    void countsWhatWasReturnedBefore() {
        has(goods(1, 3, "12.345"), goods(1, -1, "12.345"));
        // 37.04 sold, 12.35 returned: 24.69 is left, which is 2 × 12.345.
        assertRows(cancel(), "A1-R2 T-1 2 × 12.345");
    }

    @Test
    void leavesMoneyWithoutGoodsToAPerson() {
        has(goods(1, 2, "5.00"), goods(1, -2, "5.00"));
        booked.lines().add(new Booked.Line(1L, "T-1", null, null, BigDecimal.ZERO, money("5.00"), money("0.01"), null));
        assertInstanceOf(Resolution.ByPerson.class, cancel());
    }

    @Test
    void leavesAnotherCurrencyToAPerson() {
        has(goods(1, 2, "5.00"));
        SalesDocument pounds = document("GBP", List.of(line("SHIRT", 2, "5.00")));
        assertInstanceOf(Resolution.ByPerson.class, correct(pounds, 2));
    }

    @Test
    void leavesWhatHasNoRoomInTheDocumentNumberToAPerson() {
        has(goods(1, 2, "5.00"));
        assertInstanceOf(Resolution.ByPerson.class, correct(null, 100));
        facts.booked.clear();
        assertInstanceOf(Resolution.ByPerson.class, cancel());
    }

    /** The hub was set back to an earlier time, and its next message is another one. */
    @Test
    void leavesANumberThatAnotherMessageHasUsedToAPerson() {
        has(goods(1, 2, "5.00"));
        booked.further().add("A1-R2");
        assertInstanceOf(Resolution.ByPerson.class, cancel());
        assertInstanceOf(Resolution.Bookable.class, correct(null, 3));
    }

    @Test
    void namesADocumentTypeThatTheErpLacks() {
        facts.returnTypes.clear();
        has(goods(1, 1, "5.00"));
        assertEquals(
                ErpError.UNKNOWN_DOCUMENT_TYPE,
                assertInstanceOf(Resolution.Fault.class, cancel()).error());
        assertRows(change(line("SHIRT", 2, "5.00")), "A1-C2 T-1 1 × 5.00");
    }

    /** Any history of changes, each corrected on top of the one before: the books say what is wanted, to the cent and the piece. */
    @Test
    void bringsTheBooksToWhatIsWantedWhateverThatIs() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            booked.lines().clear();
            List<SalesDocument.Line> first = lines(random);
            sum(first, charges(random));
            for (int sequence = 2; sequence <= 5; sequence++) {
                boolean cancelled = sequence == 5;
                SalesDocument wanted = cancelled ? null : document("EUR", lines(random), charges(random));
                Resolution<List<DocumentRow>> resolution = correct(wanted, sequence);
                if (resolution instanceof Resolution.Bookable<List<DocumentRow>> bookable) {
                    bookable.document()
                            .forEach(row -> take(row, row.header().documentNo().contains("-R")));
                } else {
                    assertInstanceOf(Resolution.AsWanted.class, resolution, "seed " + seed);
                }
                assertEquals(totals(wanted), totals(), "seed " + seed + ", message " + sequence);
            }
        }
    }

    private void sum(List<SalesDocument.Line> lines, SalesDocument.Charge... charges) {
        Resolution<List<DocumentRow>> whole = DocumentRows.of(booking(document("EUR", lines, charges)), mapping, facts);
        bookable(whole).forEach(row -> take(row, false));
    }

    /** As the ERP books a row. */
    private void take(DocumentRow row, boolean back) {
        BigDecimal sign = BigDecimal.valueOf(back ? -1 : 1);
        booked.lines()
                .add(new Booked.Line(
                        row.productId(),
                        row.product(),
                        row.chargeId(),
                        row.charge(),
                        row.quantity().multiply(sign),
                        row.price(),
                        row.quantity()
                                .multiply(row.price())
                                .setScale(2, RoundingMode.HALF_UP)
                                .multiply(sign),
                        row.description()));
    }

    private Map<String, String> totals() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Booked.Line line : booked.lines()) {
            sums.merge("money", line.amount(), BigDecimal::add);
            if (line.item() != null) {
                sums.merge(line.item(), line.quantity(), BigDecimal::add);
            }
        }
        return texts(sums);
    }

    private static Map<String, String> totals(SalesDocument document) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        if (document != null) {
            document.lines().forEach(line -> {
                sums.merge(
                        "money",
                        line.quantity().multiply(line.unitPrice()).setScale(2, RoundingMode.HALF_UP),
                        BigDecimal::add);
                sums.merge(ITEMS.get(line.sku()), line.quantity(), BigDecimal::add);
            });
            document.charges().forEach(charge -> sums.merge("money", charge.amount(), BigDecimal::add));
        }
        return texts(sums);
    }

    private static Map<String, String> texts(Map<String, BigDecimal> sums) {
        Map<String, String> texts = new TreeMap<>();
        sums.forEach((of, sum) -> {
            if (sum.signum() != 0) {
                texts.put(of, sum.stripTrailingZeros().toPlainString());
            }
        });
        return texts;
    }

    private static List<SalesDocument.Line> lines(Random random) {
        List<SalesDocument.Line> lines = new ArrayList<>();
        int many = 1 + random.nextInt(4);
        for (int i = 0; i < many; i++) {
            String price = List.of("0", "0.0049", "0.005", "12.345", "12.35", "99.9999")
                    .get(random.nextInt(6));
            lines.add(line(random.nextBoolean() ? "SHIRT" : "MUG", 1 + random.nextInt(9), price));
        }
        return lines;
    }

    private static SalesDocument.Charge[] charges(Random random) {
        return new SalesDocument.Charge[] {
            freight(new BigDecimal(random.nextInt(3) * 245).movePointLeft(2).toPlainString()),
            discount(new BigDecimal(-random.nextInt(3) * 101).movePointLeft(2).toPlainString()),
            discount(new BigDecimal(random.nextInt(2) * 7).movePointLeft(2).toPlainString())
        };
    }

    private void has(Booked.Line... lines) {
        booked.lines().addAll(List.of(lines));
    }

    private static Booked.Line goods(long product, int quantity, String price) {
        BigDecimal pieces = BigDecimal.valueOf(quantity);
        BigDecimal each = new BigDecimal(price);
        return new Booked.Line(
                product,
                "T-" + product,
                null,
                null,
                pieces,
                each,
                pieces.multiply(each).setScale(2, RoundingMode.HALF_UP),
                null);
    }

    private static Booked.Line charge(long id, String amount) {
        String name = id == 11 ? "Freight" : "Discount";
        return new Booked.Line(null, null, id, name, BigDecimal.ONE, money(amount), money(amount), name);
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount);
    }

    private Resolution<List<DocumentRow>> cancel() {
        return correct(null, 2);
    }

    private Resolution<List<DocumentRow>> change(SalesDocument.Line line) {
        return change(List.of(line));
    }

    private Resolution<List<DocumentRow>> change(List<SalesDocument.Line> lines, SalesDocument.Charge... charges) {
        return correct(document("EUR", lines, charges), 2);
    }

    private Resolution<List<DocumentRow>> correct(SalesDocument wanted, long sequence) {
        Amends amends = new Amends("m" + sequence, "A1", sequence, wanted == null ? null : booking(wanted), NOW);
        return CorrectionRows.of(amends, mapping, facts);
    }

    private static Booking booking(SalesDocument document) {
        return new Booking("m2", document, "SHOP-EU", ITEMS);
    }

    private static SalesDocument document(
            String currency, List<SalesDocument.Line> lines, SalesDocument.Charge... charges) {
        return new SalesDocument(
                "A1",
                2,
                "shop-eu",
                "1001",
                OffsetDateTime.parse("2026-11-23T10:00:00+01:00"),
                currency,
                null,
                lines,
                List.of(charges));
    }

    private static SalesDocument.Line line(String sku, int quantity, String price) {
        return new SalesDocument.Line("1", sku, BigDecimal.valueOf(quantity), new BigDecimal(price));
    }

    private static SalesDocument.Charge freight(String amount) {
        return new SalesDocument.Charge("shipping", "Shipping", new BigDecimal(amount));
    }

    private static SalesDocument.Charge discount(String amount) {
        return new SalesDocument.Charge("discount", "Line 1", new BigDecimal(amount));
    }

    private static List<DocumentRow> bookable(Resolution<List<DocumentRow>> resolution) {
        return ((Resolution.Bookable<List<DocumentRow>>) assertInstanceOf(Resolution.Bookable.class, resolution))
                .document();
    }

    private static void assertRows(Resolution<List<DocumentRow>> resolution, String... expected) {
        assertEquals(
                Stream.of(expected)
                        .map(row -> row.replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", ""))
                        .toList(),
                bookable(resolution).stream()
                        .map(row -> row.header().documentNo() + " "
                                + (row.product() == null ? row.charge() : row.product()) + " "
                                + row.quantity().toPlainString() + " × "
                                + row.price().stripTrailingZeros().toPlainString())
                        .toList());
    }
}
