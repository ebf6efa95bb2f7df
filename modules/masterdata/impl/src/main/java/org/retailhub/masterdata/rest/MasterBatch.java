package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.Problem;
import org.retailhub.platform.runtime.rest.StrictJson;

/** Many entries of one kind as they are sent: the valid ones to learn, and afterwards the verdict on each. */
final class MasterBatch<T> {
    static final int MAX_BODY = 4 * 1024 * 1024;
    static final int MAX_ITEMS = 1000;

    /** What came of a valid entry. @param problem null if all is well */
    record Outcome(String verdict, @Nullable RetailException problem) {
        static Outcome of(String verdict) {
            return new Outcome(verdict, null);
        }

        /** Nothing was written: an ERP says otherwise. */
        static Outcome contradicted(Violation field) {
            return new Outcome("refused", erpOwns(field));
        }

        /** @param version 1 of what is new; null if nothing was written */
        static Outcome ofVersion(@Nullable Long version) {
            return of(version == null ? "unchanged" : version == 1 ? "created" : "updated");
        }
    }

    private final List<Reading<T>> sent = new ArrayList<>();
    private final Function<T, String> keyOf;
    private final ErrorCode invalid;

    /**
     * A key that occurs again is invalid from the second time on: which of them was meant cannot be told.
     *
     * @param field in which the key stands
     * @throws RetailException if the body is no array, or too large
     */
    MasterBatch(
            byte[] body,
            String field,
            ErrorCode invalid,
            BiFunction<JsonNode, @Nullable String, Reading<T>> read,
            Function<T, String> keyOf) {
        this.keyOf = keyOf;
        this.invalid = invalid;
        JsonNode array = json(body);
        if (!array.isArray()) {
            throw invalid(invalid, List.of(new Violation("", "the body must be an array")));
        }
        if (array.size() > MAX_ITEMS) {
            throw new RetailException(
                    MasterDataError.TOO_MANY_ITEMS, "at most " + MAX_ITEMS + " entries, not " + array.size());
        }
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < array.size(); i++) {
            Reading<T> reading = read.apply(array.get(i), null);
            Integer before = reading.isValid() ? first.putIfAbsent(keyOf.apply(reading.valid()), i) : null;
            sent.add(
                    before == null
                            ? reading
                            : new Reading<>(null, List.of(new Violation(field, "the same as in item " + before))));
        }
    }

    static JsonNode json(byte[] body) {
        if (body.length > MAX_BODY) {
            throw new RetailException(RuntimeError.BODY_TOO_LARGE, "at most " + MAX_BODY + " bytes");
        }
        return StrictJson.read(body, JsonNode.class);
    }

    static RetailException invalid(ErrorCode code, List<Violation> violations) {
        return new RetailException(code, violations.size() + " faulty field(s)", violations, null);
    }

    static RetailException erpOwns(Violation field) {
        return new RetailException(
                MasterDataError.ERP_OWNS, field.field() + ": " + field.message(), List.of(field), null);
    }

    List<T> valid() {
        return sent.stream().filter(Reading::isValid).map(Reading::valid).toList();
    }

    MasterVerdicts verdicts(Function<T, Outcome> outcomes, String traceparent) {
        Map<String, Integer> counts = new TreeMap<>();
        List<MasterVerdicts.Item> items = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            Reading<T> one = sent.get(i);
            Outcome outcome = one.isValid()
                    ? outcomes.apply(one.valid())
                    : new Outcome("invalid", invalid(invalid, one.violations()));
            RetailException problem = outcome.problem();
            counts.merge(outcome.verdict(), 1, Integer::sum);
            items.add(new MasterVerdicts.Item(
                    i,
                    one.isValid() ? keyOf.apply(one.valid()) : null,
                    outcome.verdict(),
                    problem == null ? null : Problem.of(problem, traceparent)));
        }
        return new MasterVerdicts(counts, items);
    }
}
