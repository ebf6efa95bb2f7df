package org.retailhub.order.canonical;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/** A tenant's rules of tax as they are written, over HTTP and in the database. */
@Schema(name = "TaxRules", description = "In their order: the first that fits decides.")
public record WireTaxRules(
        @Schema(required = true, description = "1,000 at most") @Nullable
        List<Rule> rules) {

    /** For the API document. */
    public static final String EXAMPLE =
            "{\"rules\":[{\"id\":\"ca-marketplace\",\"country\":\"US\",\"region\":\"CA\",\"facilitator\":true,\"collectedBy\":\"marketplace\"},"
                    + "{\"id\":\"de\",\"country\":\"DE\",\"taxCode\":\"DE-19\"}]}";

    private static final int MOST_RULES = 1_000;

    /** A rule; what is left out fits everything. */
    @Schema(name = "TaxRule")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rule(
            @Schema(required = true, maxLength = 64, description = "Unique in the table, for people", examples = "de")
            @Nullable
            String id,

            @Schema(description = "Where it goes to, ISO 3166-1 alpha-2", examples = "DE") @Nullable
            String country,

            @Schema(description = "Part of the country", examples = "BY") @Nullable
            String region,

            @Schema(description = "Who sells: the channel's, by its fulfilment policy", examples = "ACME-DE") @Nullable
            String legalEntity,

            @Schema(
                    description = "Whether the channel is a marketplace facilitator, by its fulfilment policy",
                    examples = "false")
            @Nullable
            Boolean facilitator,

            @Schema(description = "Master data's tax code", examples = "DE-19") @Nullable
            String taxCode,

            @Schema(
                    description = "Who owes it to the state; the seller if left out",
                    enumeration = {"seller", "marketplace"},
                    examples = "seller")
            @Nullable
            String collectedBy) {}

    /** @throws RetailException {@link OrderError#INVALID_TAX_RULES} with all faults */
    public TaxRule.Table checked(long version) {
        Faults faults = new Faults();
        List<TaxRule> checked = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<Rule> all = rules == null ? List.of() : rules;
        if (rules == null) {
            faults.add("", "rules", "is required");
        } else if (all.size() > MOST_RULES) {
            faults.add("", "rules", "has more than " + MOST_RULES);
        } else {
            for (int i = 0; i < all.size(); i++) {
                TaxRule rule = rule(faults, "rules[" + i + "].", all.get(i), ids);
                if (rule != null) {
                    checked.add(rule);
                }
            }
        }
        if (!faults.none()) {
            RetailException.Violation first = faults.violations().get(0);
            throw new RetailException(
                    OrderError.INVALID_TAX_RULES, first.field() + " " + first.message(), faults.violations(), null);
        }
        return new TaxRule.Table(version, checked);
    }

    private static @Nullable TaxRule rule(Faults faults, String path, @Nullable Rule wire, Set<String> ids) {
        if (wire == null) {
            faults.add(path, "id", "is required");
            return null;
        }
        String id = faults.key(path, "id", wire.id(), 64);
        if (id != null && !ids.add(id)) {
            faults.add(path, "id", "is used by another rule");
        }
        String country = faults.optional(path, "country", wire.country(), 2);
        if (country != null && !country.matches("[A-Z]{2}")) {
            faults.add(path, "country", "must be two capital letters (ISO 3166-1)");
        }
        String region = faults.optional(path, "region", wire.region(), 64);
        String entity = faults.optional(path, "legalEntity", wire.legalEntity(), 64);
        String code = faults.optional(path, "taxCode", wire.taxCode(), 64);
        TaxRule.Collector collector = TaxRule.Collector.SELLER;
        String by = wire.collectedBy();
        if (TaxRule.Collector.MARKETPLACE.wire().equals(by)) {
            collector = TaxRule.Collector.MARKETPLACE;
        } else if (by != null && !TaxRule.Collector.SELLER.wire().equals(by)) {
            faults.add(path, "collectedBy", "must be one of seller, marketplace");
        }
        return id == null ? null : new TaxRule(id, country, region, entity, wire.facilitator(), code, collector);
    }

    /** As it was set. */
    public static WireTaxRules of(TaxRule.Table table) {
        return new WireTaxRules(table.rules().stream()
                .map(rule -> new Rule(
                        rule.id(),
                        rule.country(),
                        rule.region(),
                        rule.legalEntity(),
                        rule.facilitator(),
                        rule.taxCode(),
                        rule.collectedBy().wire()))
                .toList());
    }

    /** As it is kept. */
    public static String write(TaxRule.Table table) {
        try {
            return StrictJson.mapper().writeValueAsString(of(table));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rules of ours cannot be written", e);
        }
    }

    /** What was kept. */
    public static TaxRule.Table read(String document, long version) {
        return StrictJson.readMessage(document, WireTaxRules.class).checked(version);
    }
}
