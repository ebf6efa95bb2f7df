package org.retailhub.masterdata.domain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.Sku;

/**
 * Decides what a batch of product contents means, given what is known: pure. The first to claim a GTIN keeps it; a GTIN moves
 * between products in two steps, released by the one before the other claims it.
 */
public final class Learning {
    /** What comes of one content. */
    public enum Verdict {
        CREATED,
        UPDATED,
        UNCHANGED,
        /** Nothing written: another product has one of its GTINs. */
        GTIN_TAKEN
    }

    /** @param takenGtin the first GTIN that another product has; empty unless {@link Verdict#GTIN_TAKEN} */
    public record Decision(Verdict verdict, Optional<TakenGtin> takenGtin) {
        private static Decision of(Verdict verdict) {
            return new Decision(verdict, Optional.empty());
        }

        public boolean writes() {
            return verdict == Verdict.CREATED || verdict == Verdict.UPDATED;
        }
    }

    /** A GTIN that cannot be given to a product, because {@code owner} has it. */
    public record TakenGtin(Gtin gtin, Sku owner) {}

    private final Map<Sku, ProductContent> known;
    private final Map<String, Sku> gtinOwners;

    /** @param gtinOwners by the GTIN's 14-digit form */
    public Learning(Map<Sku, ProductContent> known, Map<String, Sku> gtinOwners) {
        this.known = Map.copyOf(known);
        this.gtinOwners = new HashMap<>(gtinOwners);
    }

    /** Decisions in the order of the contents, whose SKUs differ. */
    public Map<Sku, Decision> decide(List<ProductContent> contents) {
        Map<Sku, Decision> decisions = new LinkedHashMap<>();
        Set<Sku> seen = new HashSet<>();
        for (ProductContent content : contents) {
            if (!seen.add(content.sku())) {
                throw new IllegalArgumentException("twice in one batch: " + content.sku());
            }
            decisions.put(content.sku(), decide(content));
        }
        return decisions;
    }

    private Decision decide(ProductContent content) {
        for (Gtin gtin : content.gtins()) {
            Sku owner = gtinOwners.get(gtin.normalized());
            if (owner != null && !owner.equals(content.sku())) {
                return new Decision(Verdict.GTIN_TAKEN, Optional.of(new TakenGtin(gtin, owner)));
            }
        }
        content.gtins().forEach(gtin -> gtinOwners.put(gtin.normalized(), content.sku()));
        ProductContent before = known.get(content.sku());
        if (before == null) {
            return Decision.of(Verdict.CREATED);
        }
        return Decision.of(before.equals(content) ? Verdict.UNCHANGED : Verdict.UPDATED);
    }
}
