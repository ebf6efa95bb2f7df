package org.retailhub.trade.uci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retailhub.trade.Booked;
import org.retailhub.trade.SalesOrder;

/** The traps of the files, each in lines of our own. */
class InvoiceOrdersTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    @TempDir
    Path folder;

    private List<Invoice> sales(String lines) throws IOException {
        Path file = folder.resolve("2010-12-01.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + lines).getBytes(StandardCharsets.UTF_8));
        }
        return InvoiceFiles.read(InvoiceFiles.of(folder, "2010-12")).stream()
                .filter(Invoice::isSale)
                .toList();
    }

    private Map<String, PlainSums.Sum> sums() throws IOException {
        return PlainSums.of(InvoiceFiles.of(folder, "2010-12"));
    }

    @Test
    void leavesOutCancellationsBadDebtAndCorrectionsOfStock() throws IOException {
        assertTrue(sales("""
                C1,84077,BOX,-3,2010-12-01 09:00:00,0.29,1.0,United Kingdom
                A2,B,Adjust bad debt,1,2010-12-01 09:00:00,11062.06,,United Kingdom
                3,84077,smashed,-4,2010-12-01 09:00:00,0.0,,United Kingdom
                4,84077,,56,2010-12-01 09:00:00,0.0,,United Kingdom
                """).isEmpty());
        assertTrue(sums().isEmpty());
    }

    @Test
    void makesChargesOfWhatIsNoGoods() throws IOException {
        SalesOrder order = InvoiceOrders.order(sales("""
                        5,84077,"BOX, 7"" WIDE ",2,2010-12-01 09:00:00,1.255,17850.0,France
                        5,84077,BOX,1,2010-12-01 09:01:00,1.25,17850.0,France
                        5,POST,POSTAGE,3,2010-12-01 09:00:00,18.0,17850.0,France
                        5,m,Manual,1,2010-12-01 09:00:00,0.5,17850.0,France
                        5,gift_0001_40,Voucher,1,2010-12-01 09:00:00,34.04,17850.0,France
                        5,DCGS0076,SUNJAR,1,2010-12-01 09:00:00,0.0,17850.0,France
                        """).get(0), "X-");
        assertEquals(
                List.of("postage", "manual", "gift-card"),
                order.charges().stream().map(SalesOrder.Charge::type).toList());
        assertEquals(3, order.lines().size());
        assertEquals("X-5", order.channelOrderId());
        assertEquals("17850", order.buyer().reference());
        assertEquals(new PlainSums.Sum(1, 6, 9_230), sums().get("France"), "2.51 + 1.25 + 54.00 + 0.50 + 34.04 + 0.00");
        Booked booked = Booked.expected(order);
        assertEquals(6, booked.lines());
        assertEquals(0, new BigDecimal("92.30").compareTo(booked.money()));
    }

    @Test
    void readsTimesAsLondonHasThem() throws IOException {
        Invoice winter = sales("6,84077,BOX,1,2010-12-01 08:26:00,1.0,,EIRE\n").get(0);
        assertEquals(
                OffsetDateTime.parse("2010-12-01T08:26:00Z"),
                InvoiceOrders.order(winter, "").placedAt());
        Invoice summer = new Invoice("7", winter.at().withMonth(7), "", "EIRE", winter.items());
        assertEquals(
                OffsetDateTime.parse("2010-07-01T08:26:00+01:00"),
                InvoiceOrders.order(summer, "").placedAt());
    }

    @Test
    void ordersWithoutCustomerHaveNoBuyer() throws IOException {
        SalesOrder order = InvoiceOrders.order(
                sales("8,84077,BOX,1,2010-12-01 08:26:00,1.0,,Channel Islands\n")
                        .get(0),
                "");
        assertFalse(order.toJson().has("customer"));
        assertEquals("GG", order.shipTo().country());
    }
}
