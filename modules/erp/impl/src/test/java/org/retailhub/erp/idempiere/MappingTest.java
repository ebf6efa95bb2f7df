package org.retailhub.erp.idempiere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.AfterPosting;
import org.retailhub.platform.kernel.RetailException;

/** The mapping file: what may stand in it, and that each fault is named. */
class MappingTest {
    @TempDir
    Path folder;

    @AfterEach
    void noOverride() {
        System.clearProperty(Mapping.OVERRIDE);
    }

    @Test
    void shipsAMappingThatIsValid() {
        Mapping mapping = Mapping.load();
        assertEquals(1_000_000, mapping.client());
        assertEquals("Freight", mapping.chargeName("Shipping").orElseThrow());
        assertFalse(mapping.columnNames().contains("email"));
    }

    @Test
    void takesAnInstallationsEntriesOverTheShippedOnes() throws IOException {
        Path file = folder.resolve("own.properties");
        Files.writeString(file, "I_Order.M_Warehouse_ID = '103'\nI_Order.Name =\ncharge.shipping = Postage\n");
        System.setProperty(Mapping.OVERRIDE, file.toString());
        Mapping mapping = Mapping.load();
        assertEquals("103", mapping.constant("m_warehouse_id").orElseThrow());
        assertFalse(mapping.columnNames().contains("name"));
        assertTrue(mapping.columnNames().contains("city"));
        assertEquals("Postage", mapping.chargeName("shipping").orElseThrow());
    }

    @Test
    void namesAFileThatIsNotThere() {
        System.setProperty(Mapping.OVERRIDE, folder.resolve("none").toString());
        assertTrue(refused(null, null).contains("none"));
    }

    @Test
    void namesAnUnknownField() {
        assertEquals(
                "I_Order.City = shipTo.town: there is no such field; a constant stands in single quotes.",
                refused("I_Order.City", "shipTo.town"));
    }

    @Test
    void neverMapsWhatTheImportFindsPartnersBy() {
        assertTrue(refused("I_Order.EMail", "shipTo.name").startsWith("I_Order.EMail must not be written"));
        assertTrue(refused("I_Order.ContactName", "'x'").startsWith("I_Order.ContactName must not be written"));
    }

    @Test
    void keepsWhatThePromisesNeed() {
        assertEquals("I_Order.documentno must be document.orderId.", refused("I_Order.DocumentNo", "document.channel"));
        assertEquals("I_Order.i_order_uu must be row.id.", refused("I_Order.I_Order_UU", ""));
        assertEquals("client must be the AD_Client_ID.", refused("client", "eleven"));
        assertEquals("sequence must name the sequence of I_Order_ID.", refused("sequence", "x; drop table"));
    }

    @Test
    void returnsByDocumentUnlessTheInstallationWantsAPerson() {
        assertEquals(AfterPosting.RETURN_DOCUMENT, Mapping.load().afterPosting());
        assertEquals(AfterPosting.PERSON, with("after-posting", "person").afterPosting());
        assertEquals(
                "after-posting must be return-document, which is the most that this ERP's import can do, or person.",
                refused("after-posting", "delta"));
    }

    /** Its returns would be sales. */
    @Test
    void leavesToAPersonWhereTheInstallationFillsTheDocumentTypeItself() {
        assertEquals(
                AfterPosting.PERSON, with("I_Order.DocTypeName", "'Web Order'").afterPosting());
        assertEquals(AfterPosting.PERSON, with("I_Order.DocTypeName", "").afterPosting());
    }

    @Test
    void namesAWrongDayAndAMissingDocumentType() {
        assertEquals("zone must be a time zone such as Europe/Berlin.", refused("zone", "Mars"));
        assertEquals("document-type.return must be the name of a document type.", refused("document-type.return", ""));
    }

    @Test
    void namesASettingThatDoesNotExist() {
        assertTrue(refused("I_Invoice.City", "shipTo.city").startsWith("I_Invoice.City is no setting"));
    }

    private static Mapping with(String name, String value) {
        Properties entries = new Properties();
        try (InputStream shipped = Mapping.class.getResourceAsStream("mapping.properties")) {
            entries.load(shipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.setProperty(name, value);
        return Mapping.of(entries);
    }

    /** The shipped mapping with one entry more, or as the system property says. */
    private static String refused(String name, String value) {
        RetailException refusal = assertThrows(RetailException.class, () -> {
            if (name == null) {
                Mapping.load();
                return;
            }
            with(name, value);
        });
        assertEquals(ErpError.WRONG_MAPPING, refusal.code());
        return refusal.detail();
    }
}
