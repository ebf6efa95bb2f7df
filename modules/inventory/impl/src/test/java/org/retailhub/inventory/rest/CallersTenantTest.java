package org.retailhub.inventory.rest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;

/** Whose stock a call is about, and for which channel it speaks. */
class CallersTenantTest {
    private static final CallContext ACME = new CallContext("acme-web", "acme", Set.of(), Set.of(), "");
    private static final CallContext BOUND = new CallContext("acme-web", "acme", Set.of(), Set.of("shop-eu"), "");
    private static final CallContext OPERATOR =
            new CallContext("operator", CallContext.ALL_TENANTS, Set.of(), Set.of("*"), "");

    @Test
    void keepsAPartnerToItsOwn() {
        assertEquals("acme", Tenancy.tenant(ACME, null));
        assertEquals("acme", Tenancy.tenant(ACME, "acme"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "*", ""})
    void refusesAPartnerAnotherTenant(String asked) {
        assertEquals(
                InventoryError.TENANT_FORBIDDEN,
                assertThrows(RetailException.class, () -> Tenancy.tenant(ACME, asked))
                        .code());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"*", "", "ACME", "a b"})
    void asksAnOperatorForATenantThatCanBe(String asked) {
        assertEquals("acme", Tenancy.tenant(OPERATOR, "acme"));
        assertEquals(
                InventoryError.TENANT_REQUIRED,
                assertThrows(RetailException.class, () -> Tenancy.tenant(OPERATOR, asked))
                        .code());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"shop-us"})
    void aKeyBoundToChannelsNamesOneOfThem(String channel) {
        assertDoesNotThrow(() -> Tenancy.speaksFor(BOUND, "shop-eu"));
        assertEquals(
                InventoryError.CHANNEL_FORBIDDEN,
                assertThrows(RetailException.class, () -> Tenancy.speaksFor(BOUND, channel))
                        .code());
        assertDoesNotThrow(() -> Tenancy.speaksFor(ACME, channel));
        assertDoesNotThrow(() -> Tenancy.speaksFor(OPERATOR, channel));
    }
}
