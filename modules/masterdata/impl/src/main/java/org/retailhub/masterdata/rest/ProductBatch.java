package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.ErpMasters.Taken;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.Learning.Decision;
import org.retailhub.masterdata.domain.Learning.TakenGtin;
import org.retailhub.masterdata.domain.ProductContent;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.rest.Problem;

/** Many products as they are sent: the valid ones to learn, and afterwards the verdict on each. */
final class ProductBatch {
    private record Sent(@Nullable String sku, ProductDocument.Reading reading) {}

    private final List<Sent> sent = new ArrayList<>();

    /** A SKU that occurs again is invalid from the second time on: which of them was meant cannot be told. */
    ProductBatch(JsonNode array) {
        Map<Sku, Integer> first = new HashMap<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode node = array.get(i);
            ProductDocument.Reading reading = ProductDocument.read(node, null);
            if (reading.isValid()) {
                Integer before = first.putIfAbsent(reading.product().sku(), i);
                if (before != null) {
                    reading = new ProductDocument.Reading(
                            null, List.of(new Violation("sku", "the same as in item " + before)));
                }
            }
            String sku = node.path("sku").isTextual() ? node.path("sku").textValue() : "";
            sent.add(new Sent(Sku.isValid(sku) ? sku : null, reading));
        }
    }

    List<ProductContent> valid() {
        return sent.stream()
                .filter(one -> one.reading().isValid())
                .map(one -> one.reading().product())
                .toList();
    }

    ProductVerdicts verdicts(Taken<Map<Sku, Decision>> taken, String traceparent) {
        Map<String, Integer> counts = new TreeMap<>();
        List<ProductVerdicts.Item> items = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            ProductVerdicts.Item item = item(i, sent.get(i), taken, traceparent);
            counts.merge(item.verdict(), 1, Integer::sum);
            items.add(item);
        }
        return new ProductVerdicts(counts, items);
    }

    private static ProductVerdicts.Item item(int index, Sent one, Taken<Map<Sku, Decision>> all, String traceparent) {
        if (!one.reading().isValid()) {
            List<Violation> violations = one.reading().violations();
            return new ProductVerdicts.Item(
                    index,
                    one.sku(),
                    "invalid",
                    problem(MasterDataError.INVALID_PRODUCT, violations.size() + " fault(s)", violations, traceparent));
        }
        Violation field = one.sku() == null ? null : all.contradicted().get(one.sku());
        if (field != null) {
            return new ProductVerdicts.Item(
                    index, one.sku(), "refused", Problem.of(MasterBatch.erpOwns(field), traceparent));
        }
        Decision decision = Objects.requireNonNull(
                all.learnt().get(one.reading().product().sku()), "each valid product is decided");
        return decision.takenGtin()
                .map(taken -> new ProductVerdicts.Item(
                        index,
                        one.sku(),
                        "conflict",
                        problem(MasterDataError.GTIN_TAKEN, taken(taken), List.of(violation(taken)), traceparent)))
                .orElseGet(() -> new ProductVerdicts.Item(
                        index, one.sku(), decision.verdict().name().toLowerCase(Locale.ROOT), null));
    }

    static String taken(TakenGtin taken) {
        return "GTIN " + taken.gtin().digits() + " belongs to product "
                + taken.owner().value();
    }

    static Violation violation(TakenGtin taken) {
        return new Violation("gtins", taken(taken) + ": release it there first");
    }

    private static Problem problem(ErrorCode code, String detail, List<Violation> violations, String traceparent) {
        String field = violations.get(0).field();
        return Problem.of(code, detail, field.isEmpty() ? null : field, violations, traceparent);
    }
}
