package org.retailhub.masterdata.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.LearnMaster;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.kernel.Sku;

/**
 * A master as an ERP has it, fit to be taken over.
 *
 * @param erpId the ERP's own key
 * @param key under which the hub knows it
 * @param named whether the ERP says that key itself; else it is the search key
 * @param value the ERP's search key
 * @param name null for a customer
 * @param gtin of an item; null if the ERP has none, or a number that is none
 * @param rate of a tax, in percent; null for others
 */
public record ErpMaster(
        MasterKind kind,
        String target,
        String erpId,
        Instant updated,
        String key,
        boolean named,
        String value,
        @Nullable String name,
        boolean active,
        @Nullable Gtin gtin,
        @Nullable BigDecimal rate) {
    /** Either a master, or the first fault that keeps it from being one. */
    public record Reading(
            @Nullable ErpMaster valid, @Nullable Violation fault) {
        private static Reading fault(String field, String rule) {
            return new Reading(null, new Violation(field, rule));
        }
    }

    // As iDempiere and its family keep a search key, and as our own columns take it.
    private static final Pattern SEARCH_KEY = Pattern.compile("[^\\p{Cntrl}\\s]([^\\p{Cntrl}]{0,38}[^\\p{Cntrl}\\s])?");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,255}");
    private static final BigDecimal HIGHEST_RATE = new BigDecimal(1_000);

    public static Reading read(LearnMaster said) {
        Optional<MasterKind> kind = MasterKind.named(said.kind());
        if (kind.isEmpty()) {
            return Reading.fault("kind", "there is no " + said.kind());
        }
        String value = said.value();
        if (value == null || !SEARCH_KEY.matcher(value).matches()) {
            return Reading.fault("value", "1 to 40 printable characters, no blank at either end");
        }
        boolean customer = kind.get() == MasterKind.CUSTOMER;
        String name = customer || said.name() == null ? null : said.name().strip();
        if (!customer && (name == null || !NAME.matcher(name).matches())) {
            return Reading.fault("name", "1 to 255 printable characters");
        }
        String sku =
                said.sku() == null || said.sku().isBlank() ? null : said.sku().strip();
        String key = Objects.requireNonNullElse(sku, value);
        if (kind.get() == MasterKind.ITEM && !Sku.isValid(key)) {
            return Reading.fault(sku == null ? "value" : "sku", key + " cannot be a SKU");
        }
        BigDecimal rate = said.rate();
        if (kind.get() == MasterKind.TAX_CODE
                && (rate == null || rate.signum() < 0 || rate.compareTo(HIGHEST_RATE) > 0)) {
            return Reading.fault("rate", "0 to " + HIGHEST_RATE + " percent");
        }
        // What people keep in an ERP's field for it is not always one: that must not keep the item away.
        String gtin = said.gtin();
        return new Reading(
                new ErpMaster(
                        kind.get(),
                        said.target(),
                        said.erpId(),
                        said.updated(),
                        key,
                        sku != null,
                        value,
                        name,
                        said.active(),
                        gtin != null && Gtin.isValid(gtin.strip()) ? new Gtin(gtin.strip()) : null,
                        kind.get() == MasterKind.TAX_CODE && rate != null
                                ? rate.setScale(4, RoundingMode.HALF_UP)
                                : null),
                null);
    }
}
