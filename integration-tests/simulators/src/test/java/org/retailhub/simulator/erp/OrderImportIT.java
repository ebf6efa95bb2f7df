package org.retailhub.simulator.erp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.retailhub.simulator.erp.LocalErp.LEDGER;
import static org.retailhub.simulator.erp.LocalErp.OWNER;
import static org.retailhub.simulator.erp.LocalErp.error;
import static org.retailhub.simulator.erp.LocalErp.execute;
import static org.retailhub.simulator.erp.LocalErp.importOnce;
import static org.retailhub.simulator.erp.LocalErp.row;
import static org.retailhub.simulator.erp.LocalErp.texts;
import static org.retailhub.simulator.erp.LocalErp.write;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of the import of orders, each as the ERP documents it, traps included. */
class OrderImportIT {
    @BeforeEach
    void freshErp() throws SQLException {
        LocalErp.fresh();
    }

    @Test
    void makesOneDocumentOfTheRowsOfOneNumber() throws SQLException {
        write(row("A1"), row("A1").with("productvalue", "T-2").with("qtyordered", 3), row("A1"));

        ImportRun run = importOnce();

        assertEquals(1, run.documents());
        assertEquals(3, run.lines());
        ErpLedger.Document document = LEDGER.documents("A1").get(0);
        assertEquals(
                List.of(10, 20, 30),
                document.lines().stream().map(ErpLedger.Line::line).toList());
        assertEquals(
                List.of("T-1", "T-2", "T-1"),
                document.lines().stream().map(ErpLedger.Line::item).toList());
        assertEquals(new BigDecimal("61.50"), document.grandTotal());
        for (ErpLedger.InterfaceRow each : LEDGER.interfaceRows("A1")) {
            assertEquals("Y", each.imported());
            assertEquals("", each.error());
            assertEquals(document.id(), each.orderId());
            assertTrue(each.lineId() > 0);
        }
        assertEquals(List.of("Y"), texts("select distinct processed from i_order"));
    }

    @Test
    void fillsDefaultsThatTheClientLeftOut() throws SQLException {
        write(row("A1")
                .without("ad_org_id")
                .with("isactive", null)
                .with("created", null)
                .with("updatedby", null));

        importOnce();

        assertEquals(
                List.of("11 132 105 103 Y Y"),
                texts(
                        "select concat_ws(' ', ad_org_id, c_doctype_id, c_paymentterm_id, m_warehouse_id, isactive, issotrx)"
                                + " from i_order where created is not null and updatedby is not null"));
        assertEquals(
                List.of("Sales EUR"),
                texts("select m_pricelist.name from m_pricelist join i_order using (m_pricelist_id)"));
    }

    @Test
    void namesAnInvalidOrganisation() throws SQLException {
        write(row("A1").with("ad_org_id", 0));
        importOnce();
        assertEquals("ERR=Invalid Org,", error("A1"));
    }

    @Test
    void namesAnUnknownDocumentType() throws SQLException {
        write(row("A1").with("doctypename", "Standing Order"));
        importOnce();
        assertEquals("ERR=Invalid DocTypeName,", error("A1"));
    }

    @Test
    void makesAReturnOfRowsThatSaySoWithPositiveQuantities() throws SQLException {
        write(
                row("A1").with("qtyordered", 3),
                row("A1-R2").with("doctypename", "Return Material").with("qtyordered", 2));
        importOnce();
        ErpLedger.Document returned = LEDGER.documents("A1-R2").get(0);
        assertEquals("Return Material", returned.type());
        assertEquals("Standard Order", LEDGER.documents("A1").get(0).type());
        assertEquals(0, new BigDecimal("2").compareTo(returned.lines().get(0).quantity()));
        assertTrue(returned.totalLines().signum() > 0);
        assertEquals(
                0,
                LEDGER.documents("A1")
                        .get(0)
                        .totalLines()
                        .subtract(returned.totalLines())
                        .compareTo(LEDGER.totalsByCurrency("A1").get(0).lines()),
                "it counts against what was sold");
    }

    /** A purchase's return is another type: of a sale only sales types are found. */
    @Test
    void namesADocumentTypeOfTheOtherSide() throws SQLException {
        write(row("A1").with("doctypename", "Purchase Order").with("issotrx", "Y"));
        importOnce();
        assertEquals("ERR=Invalid DocTypeName,", error("A1"));
    }

    @Test
    void namesAMissingDefaultDocumentType() throws SQLException {
        execute(OWNER, "update c_doctype set isdefault = 'N'");
        write(row("A1"));
        importOnce();
        assertEquals("ERR=No DocType,", error("A1"));
    }

    @Test
    void namesACurrencyWithoutPriceList() throws SQLException {
        write(row("A1").with("c_currency_id", 999));
        importOnce();
        assertEquals("ERR=No PriceList,", error("A1"));
    }

    @Test
    void namesAnUnknownOrderSource() throws SQLException {
        write(row("A1").with("c_ordersourcevalue", "FAX"));
        importOnce();
        assertEquals("ERR=Not Found Order Source,", error("A1"));
    }

    @Test
    void namesAnUnknownPaymentTerm() throws SQLException {
        write(row("A1").with("paymenttermvalue", "Some day"));
        importOnce();
        assertEquals("ERR=No PaymentTerm,", error("A1"));
    }

    @Test
    void namesAMissingWarehouseWhenTheOrganisationHasNoneAndTheClientSeveral() throws SQLException {
        execute(OWNER, "update m_warehouse set ad_org_id = 12");
        write(row("A1"));
        importOnce();
        assertEquals("Y", LEDGER.interfaceRows("A1").get(0).imported(), "the client's only warehouse serves all");

        execute(OWNER, "insert into m_warehouse (value, name, ad_org_id) values ('B', 'B', 13)");
        write(row("A2"));
        importOnce();
        assertEquals("ERR=No Warehouse,", error("A2"));
    }

    @Test
    void namesAnUnknownCountryOfANewPartner() throws SQLException {
        write(row("A1").with("countrycode", "XX"));
        importOnce();
        assertEquals("ERR=Invalid Country,", error("A1"));
    }

    @Test
    void namesAMissingRegionWhereTheCountryHasRegions() throws SQLException {
        write(
                row("A1").with("countrycode", "US"),
                row("A2").with("countrycode", "US").with("regionname", "NY"));
        importOnce();
        assertEquals("ERR=Invalid Region,", error("A1"));
        assertEquals("", error("A2"));
    }

    @Test
    void namesAKnownPartnerWithoutAddress() throws SQLException {
        execute(OWNER, "insert into c_bpartner (value, name) values ('TANTE', 'Tante Emma')");
        write(row("A1"));
        importOnce();
        assertEquals("ERR=No BP Location,", error("A1"));
    }

    @Test
    void namesAnUnknownProduct() throws SQLException {
        write(row("A1").with("productvalue", "T-9"));
        importOnce();
        assertEquals("ERR=Invalid Product,", error("A1"));
    }

    @Test
    void namesAnUnknownCharge() throws SQLException {
        write(row("A1").without("productvalue").with("chargename", "Ransom"));
        importOnce();
        assertEquals("ERR=Invalid Charge,", error("A1"));
    }

    @Test
    void namesARowWithProductAndCharge() throws SQLException {
        write(row("A1").with("chargename", "Freight"));
        importOnce();
        assertEquals("ERR=Product and Charge,", error("A1"));
    }

    @Test
    void namesAnUnknownTax() throws SQLException {
        write(row("A1").with("taxindicator", "V99"));
        importOnce();
        assertEquals("ERR=No Tax,", error("A1"));
    }

    @Test
    void namesAMissingPartnerWhenNothingIsGivenAndThereIsNoCashSale() throws SQLException {
        execute(OWNER, "update ad_clientinfo set c_bpartnercashtrx_id = null");
        write(row("A1").without("bpartnervalue", "name"));
        importOnce();
        assertEquals("ERR=No BPartner,", error("A1"));
    }

    @Test
    void collectsAllReasonsOfOneRow() throws SQLException {
        write(row("A1").with("productvalue", "T-9").with("chargename", "Ransom").with("countrycode", "XX"));
        importOnce();
        assertEquals("ERR=Invalid Country, ERR=Invalid Product, ERR=Invalid Charge,", error("A1"));
        assertEquals("E", LEDGER.interfaceRows("A1").get(0).imported());
        assertEquals(List.of(), LEDGER.documents("A1"));
    }

    @Test
    void findsAProductByKeyThenUpcThenSku() throws SQLException {
        write(
                row("A1").with("upc", "nonsense"),
                row("A1").with("productvalue", "nonsense").with("upc", "4006381333931"),
                row("A1").without("productvalue").with("sku", "T-1-M"));
        importOnce();
        assertEquals(
                List.of("T-1", "T-1", "T-1"),
                LEDGER.documents("A1").get(0).lines().stream()
                        .map(ErpLedger.Line::item)
                        .toList());
    }

    @Test
    void takesAChargeWithANegativePriceForADiscount() throws SQLException {
        write(
                row("A1"),
                row("A1")
                        .without("productvalue")
                        .with("chargename", "Discount")
                        .with("priceactual", new BigDecimal("-2.30")));
        importOnce();
        ErpLedger.Document document = LEDGER.documents("A1").get(0);
        assertEquals(new BigDecimal("10.00"), document.totalLines());
        assertTrue(document.lines().get(1).charge());
    }

    @Test
    void putsTheListPriceInPlaceOfAPriceOfNothing() throws SQLException {
        write(row("A1").with("productvalue", "T-2").with("priceactual", BigDecimal.ZERO));
        importOnce();
        assertEquals(new BigDecimal("7.50"), LEDGER.documents("A1").get(0).grandTotal());
    }

    @Test
    void addsTheTaxOfTheIndicatorOnceADocument() throws SQLException {
        LocalErp.Row[] rows = new LocalErp.Row[3];
        Arrays.setAll(rows, i -> row("A1").with("taxindicator", "V20").with("priceactual", new BigDecimal("0.02")));
        write(rows);
        importOnce();
        ErpLedger.Document document = LEDGER.documents("A1").get(0);
        assertEquals(new BigDecimal("0.06"), document.totalLines());
        assertEquals(new BigDecimal("0.07"), document.grandTotal(), "20 % of 0.06, not of 0.02 three times");
    }

    @Test
    void importsTheGoodRowsOfADocumentAndLeavesTheBadOnes() throws SQLException {
        write(row("A1"), row("A1").with("productvalue", "T-9"), row("A1").with("productvalue", "T-2"));

        importOnce();

        assertEquals(2, LEDGER.documents("A1").get(0).lines().size());
        assertEquals(List.of("A1"), LEDGER.partial(""));
    }

    @Test
    void makesASecondDocumentOfARowCorrectedLater() throws SQLException {
        write(row("A1"), row("A1").with("productvalue", "T-9"));
        importOnce();
        new Masters(OWNER).upsert(Masters.Kind.PRODUCTS, "[{\"value\": \"T-9\"}]");

        importOnce();

        assertEquals(Map.of("A1", 2L), LEDGER.doubled(""));
        assertEquals(List.of(), LEDGER.partial(""));
    }

    @Test
    void triesARowInErrorAgainOnEachRun() throws SQLException {
        write(row("A1").with("productvalue", "T-9"));
        importOnce();
        importOnce();
        assertEquals("ERR=Invalid Product,", error("A1"), "one run's reasons, not both runs'");

        new Masters(OWNER).upsert(Masters.Kind.PRODUCTS, "[{\"value\": \"T-9\"}]");
        importOnce();

        assertEquals("", error("A1"));
        assertEquals(1, LEDGER.documents("A1").size());
    }

    @Test
    void takesTheSameDocumentNumberTwice() throws SQLException {
        write(row("A1"));
        importOnce();
        write(row("A1"));
        importOnce();
        assertEquals(2, LEDGER.documents("A1").size());
        assertEquals(1, LEDGER.counts().doubled());
    }

    @Test
    void beginsANewDocumentWheneverTheNumberChangesInKeyOrder() throws SQLException {
        write(row("A1"), row("A2"), row("A1"));
        importOnce();
        assertEquals(2, LEDGER.documents("A1").size(), "A1, A2, A1 are three documents");
        assertEquals(1, LEDGER.documents("A2").size());
    }

    @Test
    void beginsANewDocumentWhenPartnerAddressOrTypeChange() throws SQLException {
        write(
                row("A1"),
                row("A1").with("bpartnervalue", "ONKEL"),
                row("A2"),
                row("A2").with("address1", "Nebenstr. 2"),
                row("A3"),
                row("A3").with("doctypename", "POS Order"));
        importOnce();
        assertEquals(Map.of("A1", 2L, "A2", 2L, "A3", 2L), LEDGER.doubled(""));
    }

    @Test
    void keepsDocumentsOfInterleavedPartnersTogether() throws SQLException {
        write(
                row("A1"),
                row("B1").with("bpartnervalue", "ONKEL"),
                row("A1"),
                row("B1").with("bpartnervalue", "ONKEL"));
        importOnce();
        assertEquals(Map.of("A1", 2L, "B1", 2L), LEDGER.linesByDocument(""));
        assertEquals(Map.of(), LEDGER.doubled(""));
    }

    @Test
    void mergesOrdersOfOnePartnerThatHaveNoNumber() throws SQLException {
        write(row(null), row(null));
        importOnce();
        assertEquals(1, LEDGER.counts().documents());
        assertEquals(List.of("80000"), texts("select documentno from c_order"));
    }

    @Test
    void createsAMissingPartnerWithAddressAndContact() throws SQLException {
        write(row("A1")
                .with("contactname", "Emma Tante")
                .with("email", "emma@example.org")
                .with("phone", "0228 1"));

        importOnce();

        assertEquals(List.of("Tante Emma"), texts("select name from c_bpartner where value = 'TANTE'"));
        assertEquals(
                List.of("Hauptstr. 1, 53111 Bonn DE"),
                texts("select address1 || ', ' || postal || ' ' || city || ' ' || countrycode from c_location"
                        + " join c_bpartner_location using (c_location_id) join c_bpartner using (c_bpartner_id)"
                        + " join c_country using (c_country_id) where value = 'TANTE'"));
        assertEquals(
                List.of("Emma Tante emma@example.org 0228 1"),
                texts("select concat_ws(' ', u.name, email, phone) from ad_user u"
                        + " join c_bpartner using (c_bpartner_id) where value = 'TANTE'"));
        assertEquals("Emma Tante", LEDGER.documents("A1").get(0).contact());
        assertEquals("DE", LEDGER.documents("A1").get(0).country());
    }

    @Test
    void createsAPartnerOfSeveralRowsOnce() throws SQLException {
        write(row("A1"), row("A1"), row("A2"));
        importOnce();
        write(row("A3"));
        importOnce();
        assertEquals(1, texts("select 1 from c_bpartner where value = 'TANTE'").size());
        assertEquals(
                1,
                texts("select 1 from c_bpartner_location join c_bpartner using (c_bpartner_id) where value = 'TANTE'")
                        .size());
        assertEquals(3, LEDGER.counts().documents());
    }

    @Test
    void createsNoPartnerForARowInError() throws SQLException {
        write(row("A1").with("productvalue", "T-9"), row("A2").with("bpartnervalue", "ONKEL"));
        importOnce();
        assertEquals(List.of("ONKEL"), texts("select value from c_bpartner where value in ('TANTE', 'ONKEL')"));
    }

    @Test
    void letsTheEMailWinOverThePartnerKey() throws SQLException {
        new Masters(OWNER).upsert(Masters.Kind.PARTNERS, """
                        {"value": "FAMILY", "country": "AT", "contact": "Kid", "email": "shared@example.org"}
                        {"value": "TANTE", "country": "DE", "contact": "Emma"}
                        """);
        write(row("A1").with("email", "shared@example.org"));
        importOnce();
        assertEquals("FAMILY", LEDGER.documents("A1").get(0).partner());
        assertEquals("Kid", LEDGER.documents("A1").get(0).contact());
    }

    @Test
    void letsAContactNameThatIsUniqueWinOverThePartnerKey() throws SQLException {
        new Masters(OWNER).upsert(Masters.Kind.PARTNERS, """
                        {"value": "ONKEL", "country": "AT", "contact": "John Smith"}
                        {"value": "TANTE", "country": "DE", "contact": "Emma"}
                        """);
        write(row("A1").with("contactname", "John Smith"));
        importOnce();
        assertEquals("ONKEL", LEDGER.documents("A1").get(0).partner());

        new Masters(OWNER)
                .upsert(
                        Masters.Kind.PARTNERS,
                        "[{\"value\": \"NEFFE\", \"country\": \"AT\", \"contact\": \"John Smith\"}]");
        write(row("A2").with("contactname", "John Smith"));
        importOnce();
        assertEquals("TANTE", LEDGER.documents("A2").get(0).partner(), "two of that name decide nothing");
    }

    @Test
    void takesThePartnerIdOverEverythingElse() throws SQLException {
        new Masters(OWNER)
                .upsert(
                        Masters.Kind.PARTNERS,
                        "[{\"value\": \"ONKEL\", \"country\": \"AT\", \"email\": \"o@example.org\"}]");
        write(row("A1").with("c_bpartner_id", 112).with("email", "o@example.org"));
        importOnce();
        assertEquals("Standard", LEDGER.documents("A1").get(0).partner());
    }

    @Test
    void sellsToTheCashSalePartnerWhenNeitherKeyNorNameIsGiven() throws SQLException {
        write(row("A1").without("bpartnervalue", "name").with("email", "nobody@example.org"));
        importOnce();
        assertEquals("Standard", LEDGER.documents("A1").get(0).partner());
    }

    @Test
    void keepsTheKnownAddressOfAKnownPartner() throws SQLException {
        new Masters(OWNER)
                .upsert(Masters.Kind.PARTNERS, "[{\"value\": \"TANTE\", \"country\": \"AT\", \"city\": \"Wien\"}]");
        write(row("A1"));
        importOnce();
        assertEquals("AT", LEDGER.documents("A1").get(0).country(), "the row's own address is not taken");
    }

    @Test
    void refusesWhatItWasToldToRefuse() throws SQLException {
        write(row("A1"), row("A2").with("productvalue", "T-2"));
        importOnce(
                new ImportConditions(false, 0, List.of(new ImportConditions.Rejection("T-2", "Product blocked")), "E"));
        assertEquals("", error("A1"));
        assertEquals("ERR=Product blocked,", error("A2"));
    }

    @Test
    void canPutTheFlagOfARowInErrorBackAndKeepItsReasons() throws SQLException {
        write(row("A1").with("productvalue", "T-9"));
        importOnce(new ImportConditions(false, 0, List.of(), "N"));
        assertEquals("N", LEDGER.interfaceRows("A1").get(0).imported());
        assertEquals("ERR=Invalid Product,", error("A1"));
        assertEquals(1, LEDGER.counts().errors());
    }

    @Test
    void importsEveryDocumentWholeWhateverTheBatchSize() throws SQLException {
        for (int i = 0; i < 20; i++) {
            write(row("A" + i), row("A" + i), row("A" + i));
        }
        try (OrderImport process = new OrderImport(OWNER, () -> ImportConditions.NORMAL, 4)) {
            assertEquals(20, process.run().documents());
        }
        assertEquals(List.of(), LEDGER.doubled("").keySet().stream().toList());
        assertEquals(60, LEDGER.counts().lines());
    }
}
