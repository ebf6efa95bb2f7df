package org.retailhub.operations.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Insight.Account;

/**
 * Which term something is counted in, by what the rows of each module say of it, and what does not fit together. Pure.
 */
public final class Classification {
    private static final Map<String, Term> FATES = Map.of(
            "told", Term.TOLD,
            "unchanged", Term.NOTHING_TO_TELL,
            "noted", Term.NOTHING_TO_TELL,
            "not-taken", Term.NOTHING_TO_TELL,
            "asked-for", Term.NOTHING_TO_TELL,
            "superseded", Term.SUPERSEDED,
            "repeated", Term.DUPLICATE,
            "discarded", Term.REFUSED);

    /** Where an order stands before anything went to the ERP. */
    private static final Map<String, Term> BEFORE_POSTING = Map.of(
            "awaiting-mapping", Term.WAITING_FOR_MAPPING,
            "sourcing", Term.WAITING_FOR_STOCK,
            "reserving", Term.WAITING_FOR_STOCK,
            "backordered", Term.WAITING_FOR_STOCK,
            "refused", Term.REFUSED,
            "not-for-erp", Term.NOT_FOR_ERP);

    /** Where an order stands that the ERP has made its document of. */
    private static final Set<String> ACKNOWLEDGED = Set.of("posted", "partially-shipped", "shipped", "closed");
    /** The ERP has rows that it has made nothing of; of a correction also while it refuses them, since its document stays. */
    private static final Set<String> UNDER_WAY = Set.of("written", "correcting", "correction-rejected");

    private Classification() {}

    public static Entry payload(Account payload) {
        String fate = payload.state();
        Term term = fate != null
                ? FATES.getOrDefault(fate, Term.MISSING)
                : payload.parked() > 0
                        ? Term.WAITING_PARKED
                        : outstanding(payload, payload) > 0 ? Term.IN_FLIGHT : Term.MISSING;
        return entry("payload", payload, term, fate == null ? "" : fate, payload.faults());
    }

    /** @param posting null if the ERP's module knows nothing of it */
    public static Entry order(Account order, @Nullable Account posting) {
        List<String> faults = new ArrayList<>();
        order.faults().forEach(each -> faults.add("order: " + each));
        if (posting != null) {
            posting.faults().forEach(each -> faults.add("erp: " + each));
        }
        String status = Objects.requireNonNullElse(order.state(), "");
        String state = posting == null ? "" : Objects.requireNonNullElse(posting.state(), "");
        contradictions(order, posting, status, state, faults);
        return entry("order", order, term(order, posting, status, state), detail(status, state), faults);
    }

    private static Term term(Account order, @Nullable Account posting, String status, String state) {
        long outstanding = outstanding(order, posting);
        int parked = order.parked() + (posting == null ? 0 : posting.parked());
        if (status.equals("cancelled")) {
            return Term.CANCELLED;
        }
        Term before = BEFORE_POSTING.get(status);
        if (before != null) {
            return before;
        }
        if (state.equals("acknowledged")) {
            return Term.POSTED;
        }
        if (parked > 0) {
            return Term.WAITING_PARKED;
        }
        if (state.isEmpty() && heard(order) > told(posting)) {
            return Term.MISSING;
        }
        if (outstanding > 0 || UNDER_WAY.contains(state)) {
            return Term.IN_FLIGHT;
        }
        if (state.equals("rejected") || state.equals("discarded")) {
            return Term.REFUSED;
        }
        // Taken back: the event that says so is on its way to the order.
        return state.equals("withdrawn") && order.state() != null ? Term.IN_FLIGHT : Term.MISSING;
    }

    private static void contradictions(
            Account order, @Nullable Account posting, String status, String state, List<String> faults) {
        boolean underWay = outstanding(order, posting) > 0 || posting != null && outstanding(posting, order) > 0;
        boolean withdrawn = state.isEmpty() || state.equals("withdrawn") || state.equals("discarded");
        if (heard(order) > told(posting)) {
            faults.add("order: has heard " + heard(order) + " verdicts, erp: has told " + told(posting));
        }
        if (ACKNOWLEDGED.contains(status) && !underWay && !state.equals("acknowledged")) {
            faults.add("order: " + status + ", erp: " + (state.isEmpty() ? "no posting" : state));
        }
        if (status.equals("cancelled") && !underWay && !withdrawn) {
            faults.add("order: cancelled, erp: " + state);
        }
        if (BEFORE_POSTING.containsKey(status) && state.equals("acknowledged")) {
            faults.add("order: " + status + ", erp: acknowledged");
        }
        if (order.state() != null && term(order, posting, status, state) == Term.MISSING) {
            faults.add("order: " + status + ", and nobody has it");
        }
    }

    private static long heard(Account order) {
        return order.handled().values().stream().mapToLong(Long::longValue).sum();
    }

    private static long told(@Nullable Account posting) {
        return posting == null
                ? 0
                : posting.sent().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Messages that one has sent and the other has neither handled nor parked. */
    private static long outstanding(Account sender, @Nullable Account consumer) {
        long outstanding = 0;
        for (Map.Entry<String, Long> each : sender.sent().entrySet()) {
            long handled = consumer == null
                    ? 0
                    : consumer.handled().entrySet().stream()
                            .filter(queue -> queue.getKey().equals(each.getKey())
                                    || queue.getKey().startsWith(each.getKey() + '.'))
                            .mapToLong(Map.Entry::getValue)
                            .max()
                            .orElse(0);
            outstanding += Math.max(0, each.getValue() - handled - (consumer == null ? 0 : consumer.parked()));
        }
        return outstanding;
    }

    private static String detail(String status, String state) {
        return state.isEmpty() ? status : status + ", posting " + state;
    }

    private static Entry entry(String kind, Account account, Term term, String detail, List<String> faults) {
        String channel = account.channel();
        return new Entry(
                kind,
                account.key(),
                account.tenant() == null ? Entry.UNKNOWN : account.tenant(),
                channel == null || channel.isEmpty() ? Entry.UNKNOWN : channel,
                account.at(),
                term,
                account.times(),
                detail,
                faults);
    }
}
