package org.retailhub.erp.idempiere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.retailhub.erp.api.ErpError;
import org.retailhub.platform.kernel.RetailException;

/** The mapping of movements as an installation may write it. */
class MovementMappingTest {
    private static Properties shipped() {
        return Mapping.entries("stock.properties", "none.such");
    }

    @Test
    void whatIsShippedFitsAndNamesAChargeForEachKindThatIsBooked() {
        MovementMapping mapping = MovementMapping.of(shipped());
        for (String kind : "adjustment count-correction receipt transfer-out transfer-in sale return".split(" ")) {
            assertTrue(mapping.chargeName(kind).isPresent(), kind);
        }
        assertEquals("UTC", mapping.zone().getId());
        assertEquals(1_000_000, mapping.client());
    }

    @Test
    void aColumnCanBeTakenOutOrGivenAConstant() {
        Properties entries = shipped();
        entries.setProperty("I_Inventory.Description", "");
        entries.setProperty("I_Inventory.AD_Org_ID", "'11'");
        String columns = MovementMapping.of(entries).shape().columns().toString();
        assertTrue(!columns.contains("description") && columns.contains("ad_org_id"), columns);
    }

    @Test
    void everyFaultIsNamed() {
        Properties entries = shipped();
        entries.setProperty("I_Inventory.QtyCount", "movement.taken");
        entries.setProperty("I_Inventory.Lot", "movement.lot");
        entries.setProperty("I_Inventory.Value", "'T-1'");
        entries.setProperty("zone", "Mars");
        entries.setProperty("client", "acme");
        entries.setProperty("sequence", "drop table");
        entries.setProperty("colour", "blue");
        RetailException refused = assertThrows(RetailException.class, () -> MovementMapping.of(entries));
        assertEquals(ErpError.WRONG_MAPPING, refused.code());
        for (String fault : new String[] {
            "I_Inventory.QtyCount must not be written",
            "movement.lot: there is no such field",
            "I_Inventory.value must be product.value.",
            "zone must be",
            "client must be",
            "sequence must name",
            "colour is no setting"
        }) {
            assertTrue(String.valueOf(refused.detail()).contains(fault), refused.detail());
        }
    }
}
