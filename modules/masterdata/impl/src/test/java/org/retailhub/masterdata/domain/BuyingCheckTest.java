package org.retailhub.masterdata.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.masterdata.api.CustomerView;

class BuyingCheckTest {
    private static final CustomerView GOOD = customer("C-1", true, null, false);

    @Test
    void letsAnActiveCustomerBuy() {
        BuyingCheck check = BuyingCheck.of(List.of(GOOD));

        assertTrue(check.exists() && check.isActive() && check.mayBuy());
        assertEquals(List.of(), check.reasons());
        assertEquals(GOOD, check.customer());
    }

    @Test
    void saysWhyNot() {
        assertEquals(List.of("unknown"), BuyingCheck.of(List.of()).reasons());
        assertFalse(BuyingCheck.of(List.of()).exists());
        assertEquals(List.of("credit-stop"), reasons(customer("C-1", true, "credit-stop", false)));
        assertEquals(List.of("inactive"), reasons(customer("C-1", false, null, false)));
        assertEquals(List.of("erased", "fraud", "inactive"), reasons(customer("C-1", false, "fraud", true)));
    }

    @Test
    void agreesWithWhatOtherModulesAreTold() {
        for (CustomerView each : List.of(
                GOOD,
                customer("C-1", false, null, false),
                customer("C-1", true, "other", false),
                customer("C-1", true, null, true))) {
            assertEquals(each.mayBuy(), BuyingCheck.of(List.of(each)).mayBuy(), each::toString);
        }
    }

    @Test
    void takesTheOnlyOneThatIsStillActive() {
        assertEquals(
                GOOD,
                BuyingCheck.of(List.of(GOOD, customer("C-2", false, null, false)))
                        .customer());
    }

    @Test
    void doesNotGuessAmongSeveral() {
        BuyingCheck check = BuyingCheck.of(List.of(GOOD, customer("C-2", true, null, false)));

        assertEquals(List.of("ambiguous"), check.reasons());
        assertTrue(check.exists());
        assertFalse(check.mayBuy());
        assertNull(check.customer());
    }

    private static List<String> reasons(CustomerView customer) {
        return BuyingCheck.of(List.of(customer)).reasons();
    }

    private static CustomerView customer(String id, boolean active, String block, boolean erased) {
        return new CustomerView(id, "BP-1", active, block, erased);
    }
}
