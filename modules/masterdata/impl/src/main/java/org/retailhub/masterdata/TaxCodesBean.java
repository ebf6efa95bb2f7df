package org.retailhub.masterdata;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import org.retailhub.masterdata.api.TaxCodeView;
import org.retailhub.masterdata.api.TaxCodes;

/** One read outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(TaxCodes.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TaxCodesBean implements TaxCodes {
    @Inject
    private KnownTaxCodes taxCodes;

    @Override
    public Map<String, TaxCodeView> byCode(String tenant, Set<String> codes) {
        return taxCodes.views(tenant, codes);
    }
}
