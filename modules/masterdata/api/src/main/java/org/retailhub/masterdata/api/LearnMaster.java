package org.retailhub.masterdata.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an ERP says of one of its masters now. Its messages are numbered per master: an older one changes nothing. What the ERP leaves
 * empty is null: who takes it over says what must not be.
 *
 * @param target which ERP
 * @param kind one of the constants
 * @param erpId the ERP's own key of the row
 * @param updated when the ERP changed it last, as its clock says
 * @param value its search key
 * @param name null for a customer: nothing of a person comes with it
 * @param active whether the ERP uses it
 * @param sku of an item: the seller's own key; its search key if null
 * @param gtin of an item
 * @param rate of a tax, in percent
 */
public record LearnMaster(
        String target,
        String kind,
        String erpId,
        Instant updated,
        @Nullable String value,
        @Nullable String name,
        boolean active,
        @Nullable String sku,
        @Nullable String gtin,
        @Nullable BigDecimal rate) {
    public static final String TYPE = "LearnMaster.v1";

    public static final String ITEM = "item";

    /** A business partner that buys. */
    public static final String CUSTOMER = "customer";

    /** A warehouse. */
    public static final String LOCATION = "location";

    public static final String TAX_CODE = "tax-code";

    public LearnMaster {
        Objects.requireNonNull(target);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(erpId);
        Objects.requireNonNull(updated);
    }

    /** What the message is about: one master of one ERP. */
    public static String businessKey(String tenant, String target, String kind, String erpId) {
        return tenant + "/" + target + "/" + kind + "/" + erpId;
    }
}
