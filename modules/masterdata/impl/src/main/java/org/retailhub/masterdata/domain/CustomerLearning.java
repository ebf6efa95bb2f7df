package org.retailhub.masterdata.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what a batch of customers means, given what is known: pure. Who was erased stays so, whoever sends the data again. */
public final class CustomerLearning {
    /** What comes of one. */
    public enum Verdict {
        CREATED,
        UPDATED,
        UNCHANGED,
        /** Nothing written: its personal data were erased. */
        ERASED
    }

    /** @param changed names of the fields that become others, of an {@link Verdict#UPDATED} one */
    public record Decision(Verdict verdict, List<String> changed) {
        public Decision {
            changed = List.copyOf(changed);
        }

        public boolean writes() {
            return verdict == Verdict.CREATED || verdict == Verdict.UPDATED;
        }
    }

    private CustomerLearning() {}

    /** Decisions in the order of the customers, whose ids differ. */
    public static Map<String, Decision> decide(Map<String, Customer> known, List<Customer> next) {
        Map<String, Decision> decisions = new LinkedHashMap<>();
        for (Customer each : next) {
            if (decisions.put(each.id(), decide(known.get(each.id()), each)) != null) {
                throw new IllegalArgumentException("twice in one batch: " + each.id());
            }
        }
        return decisions;
    }

    private static Decision decide(@Nullable Customer before, Customer next) {
        if (before == null) {
            return new Decision(Verdict.CREATED, List.of());
        }
        if (before.isErased()) {
            return new Decision(Verdict.ERASED, List.of());
        }
        List<String> changed = before.differences(next);
        return new Decision(changed.isEmpty() ? Verdict.UNCHANGED : Verdict.UPDATED, changed);
    }
}
