package org.retailhub.partner.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retailhub.partner.api.PartnerError;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

class NewCredentialTest {
    @Test
    void takesScopesAndNoChannels() {
        assertEquals(
                new NewCredential.Checked("main", Set.of(Scopes.ORDERS_READ), Set.of()),
                new NewCredential("main", List.of(Scopes.ORDERS_READ), null).checked());
    }

    @Test
    void givesNoPartnerAnOperatorsScope() {
        assertEquals(List.of("scopes[1]"), faults("main", List.of(Scopes.ORDERS_READ, Scopes.HUB_OPERATE), List.of()));
    }

    @Test
    void namesEveryFault() {
        assertEquals(
                List.of("name", "scopes[0]", "scopes[1]", "channels[0]", "channels[1]"),
                faults("", Arrays.asList("orders:all", null), Arrays.asList("c".repeat(65), null)));
        assertEquals(List.of("scopes", "channels"), faults("main", List.of(), Collections.nCopies(101, "shop")));
    }

    private static List<String> faults(String name, List<String> scopes, List<String> channels) {
        RetailException refusal =
                assertThrows(RetailException.class, () -> new NewCredential(name, scopes, channels).checked());
        assertEquals(PartnerError.INVALID_CREDENTIAL, refusal.code());
        return refusal.violations().stream().map(Violation::field).toList();
    }
}
