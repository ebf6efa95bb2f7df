package org.retailhub.order.canonical;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says how a sale is taxed: by where it goes to, by who sells, and by whether the channel is a marketplace that collects the tax itself. What is
 * null fits everything; of a tenant's rules the first that fits decides.
 *
 * @param id unique in its table, for people
 * @param country ISO 3166-1 alpha-2
 * @param legalEntity search key of the ERP's organisation
 * @param facilitator whether the channel is a marketplace facilitator
 * @param taxCode master data's
 * @param collectedBy who owes it to the state
 */
public record TaxRule(
        String id,
        @Nullable String country,
        @Nullable String region,
        @Nullable String legalEntity,
        @Nullable Boolean facilitator,
        @Nullable String taxCode,
        Collector collectedBy) {
    /** Who collects the tax. */
    public enum Collector {
        SELLER,
        MARKETPLACE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a rule is asked about. */
    public record Sale(
            @Nullable String country,
            @Nullable String region,
            @Nullable String legalEntity,
            boolean facilitator) {}

    /** A tenant's rules, in their order. @param version counts changes, from 1; 0 where nobody set any */
    public record Table(long version, List<TaxRule> rules) {
        public static final Table NONE = new Table(0, List.of());

        public Table {
            rules = List.copyOf(rules);
        }

        public Optional<TaxRule> of(Sale sale) {
            return rules.stream().filter(rule -> rule.fits(sale)).findFirst();
        }
    }

    boolean fits(Sale sale) {
        return fits(country, sale.country())
                && fits(region, sale.region())
                && fits(legalEntity, sale.legalEntity())
                && (facilitator == null || facilitator == sale.facilitator());
    }

    private static boolean fits(@Nullable String wanted, @Nullable String is) {
        return wanted == null || wanted.equalsIgnoreCase(is == null ? "" : is);
    }
}
