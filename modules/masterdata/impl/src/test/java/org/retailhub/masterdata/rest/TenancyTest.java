package org.retailhub.masterdata.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;

class TenancyTest {
    private static final CallContext ACME = new CallContext("acme-web", "acme", Set.of(), Set.of(), "");
    private static final CallContext OPERATOR =
            new CallContext("operator", CallContext.ALL_TENANTS, Set.of(), Set.of(), "");

    @Test
    void keepsAPartnerToItsOwn() {
        assertEquals("acme", Tenancy.tenant(ACME, null));
        assertEquals("acme", Tenancy.tenant(ACME, "acme"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "*", ""})
    void refusesAPartnerAnotherTenant(String asked) {
        RetailException refusal = assertThrows(RetailException.class, () -> Tenancy.tenant(ACME, asked));

        assertEquals(MasterDataError.TENANT_FORBIDDEN, refusal.code());
    }

    @Test
    void letsAnOperatorSayWhose() {
        assertEquals("acme", Tenancy.tenant(OPERATOR, "acme"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"*", "", "ACME", "a b"})
    void asksAnOperatorForATenantThatCanBe(String asked) {
        RetailException refusal = assertThrows(RetailException.class, () -> Tenancy.tenant(OPERATOR, asked));

        assertEquals(MasterDataError.TENANT_REQUIRED, refusal.code());
    }
}
