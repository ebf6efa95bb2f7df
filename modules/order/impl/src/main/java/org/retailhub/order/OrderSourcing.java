package org.retailhub.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.FulfilmentPolicy;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.domain.OrderLife.Happening;
import org.retailhub.order.domain.OrderStock;
import org.retailhub.order.domain.OrderStock.Need;
import org.retailhub.order.domain.OrderStock.Shortage;
import org.retailhub.order.sourcing.SourcingDecision;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Completes orders whose stock is to be held, and looks for their places, up to 500 at a time: questions to other modules first, outside any transaction,
 * then one transaction that asks inventory to hold what was found. One node at a time, by lease. Oldest orders first, so that what
 * arrives goes to those that have waited longest.
 */
final class OrderSourcing implements Loop.Step {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int MOST_ORDERS = 500;
    /** Orders without stock are looked at together, so that the oldest of them comes first. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    /** Where stock is looked for: before the ERP has the order, and what a change of it needs more afterwards. */
    private static final Set<OrderStatus> NEEDS_STOCK = Set.copyOf(EnumSet.of(
            OrderStatus.SOURCING,
            OrderStatus.BACKORDERED,
            OrderStatus.POSTING,
            OrderStatus.CHANGING,
            OrderStatus.ERP_REJECTED,
            OrderStatus.POSTED,
            OrderStatus.PARTIALLY_SHIPPED,
            OrderStatus.CHANGE_AWAITS_ERP));

    private final StockBook stockBook;
    private final Policies policies;
    private final Completion completion;
    private final Sources sources;
    private final SourcingDecisions decisions;
    private final Fulfilment fulfilment;
    private final Transactions transactions;
    private final Lease lease;
    private final Clock clock;

    OrderSourcing(
            StockBook stockBook,
            Policies policies,
            Completion completion,
            Sources sources,
            SourcingDecisions decisions,
            Fulfilment fulfilment,
            Transactions transactions,
            Lease lease,
            Clock clock) {
        this.stockBook = stockBook;
        this.policies = policies;
        this.completion = completion;
        this.sources = sources;
        this.decisions = decisions;
        this.fulfilment = fulfilment;
        this.transactions = transactions;
        this.lease = lease;
        this.clock = clock;
    }

    /** An order as it was when places were looked for. */
    private record Case(
            StockBook.Due due,
            OrderDocument document,
            FulfilmentPolicy policy,
            List<Need> open,
            Sources.@Nullable Found found,
            Completion.@Nullable Completed completed) {}

    @Override
    public String name() {
        return "order-sourcing";
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        try {
            List<StockBook.Due> due = stockBook.due(clock.instant(), MOST_ORDERS);
            if (due.isEmpty()) {
                return Loop.Next.after(PAUSE);
            }
            Map<String, Case> cases = look(due);
            int written = transactions.call(() -> lease.take() ? write(cases) : 0, orders -> orders > 0);
            return written == MOST_ORDERS ? Loop.Next.atOnce() : Loop.Next.after(PAUSE);
        } catch (RetailException e) {
            if (e.kind().retryable()) {
                return Loop.Next.backOff();
            }
            throw e;
        }
    }

    private Map<String, Case> look(List<StockBook.Due> due) {
        Map<String, StockBook.InHand> orders =
                stockBook.find(due.stream().map(StockBook.Due::orderId).toList());
        Map<String, Case> cases = new HashMap<>();
        List<Sources.Wanted> wanted = new ArrayList<>();
        List<Completion.Wanted> incomplete = new ArrayList<>();
        for (StockBook.Due each : due) {
            StockBook.InHand order = orders.get(each.orderId());
            if (order == null) {
                continue;
            }
            OrderDocument document = OrderJson.read(each.document());
            FulfilmentPolicy policy = policies.of(each.tenant(), each.channel());
            List<Need> open = order.stock().open(needs(document));
            cases.put(each.orderId(), new Case(each, document, policy, open, null, null));
            if (order.status() == OrderStatus.SOURCING) {
                incomplete.add(new Completion.Wanted(each.orderId(), each.tenant(), each.revision(), document, policy));
            }
            if (policy.reserves() && !open.isEmpty() && order.stock().attempt() < policy.attempts() + 1) {
                wanted.add(new Sources.Wanted(
                        each.orderId(),
                        each.tenant(),
                        document,
                        policy,
                        open,
                        order.stock().excluded()));
            }
        }
        sources.decide(wanted)
                .forEach((id, found) -> cases.computeIfPresent(
                        id,
                        (key, one) ->
                                new Case(one.due(), one.document(), one.policy(), one.open(), found, one.completed())));
        completion
                .complete(incomplete)
                .forEach((id, completed) -> cases.computeIfPresent(
                        id,
                        (key, one) ->
                                new Case(one.due(), one.document(), one.policy(), one.open(), one.found(), completed)));
        return cases;
    }

    /** @return number of orders that somebody else did not have in hand */
    private int write(Map<String, Case> cases) {
        Instant now = clock.instant();
        Map<String, StockBook.InHand> locked = stockBook.lock(cases.keySet(), false);
        List<Fulfilment.Outcome> outcomes = new ArrayList<>();
        List<Completion.Completed> completed = new ArrayList<>();
        List<SourcingDecision> decided = new ArrayList<>();
        locked.forEach((id, order) -> {
            Case one = Objects.requireNonNull(cases.get(id), "only those that were asked for");
            boolean same = order.revision() == one.due().revision()
                    && order.stock().dueAt() != null
                    && order.stock().open(needs(one.document())).equals(one.open());
            if (same) {
                Fulfilment.Outcome outcome = decide(order, one, now);
                outcomes.add(outcome);
                SourcingDecision decision = worthKeeping(outcome, one);
                if (decision != null) {
                    decided.add(decision);
                }
                if (one.completed() != null) {
                    completed.add(one.completed());
                }
            }
        });
        completion.write(completed, now);
        decisions.keep(decided, now);
        if (!outcomes.isEmpty()) {
            fulfilment.write(outcomes);
        }
        return outcomes.size();
    }

    /** What led to a step. Where nothing is asked for, no parcel is made by it, so it is kept without places. */
    private static @Nullable SourcingDecision worthKeeping(Fulfilment.Outcome outcome, Case one) {
        Sources.Found found = one.found();
        SourcingDecision decision = found == null ? null : found.decision();
        if (decision == null || outcome.happening() == Happening.ASKED) {
            return decision;
        }
        boolean goesOnWaiting = outcome.order().status() == OrderStatus.BACKORDERED;
        return goesOnWaiting || outcome.happening() == null
                ? null
                : new SourcingDecision(
                        decision.orderId(),
                        List.of(),
                        decision.shortLines(),
                        decision.ruleId(),
                        decision.ruleVersion(),
                        decision.explanation());
    }

    private static Fulfilment.Outcome decide(StockBook.InHand order, Case one, Instant now) {
        OrderStock stock = order.stock();
        FulfilmentPolicy policy = one.policy();
        if (!NEEDS_STOCK.contains(order.status()) || stock.ended()) {
            stock.rest();
            return new Fulfilment.Outcome(
                    order, null, null, "rests", order.status().wire(), "", order.traceparent());
        }
        String block = one.completed() == null ? null : one.completed().block();
        if (block != null) {
            String why = "the customer may not buy: " + block;
            return outcome(order, stock.turnDown(List.of(), "refused"), why, why);
        }
        if (!policy.reserves() || one.open().isEmpty()) {
            return outcome(
                    order,
                    stock.suffices(),
                    null,
                    one.open().isEmpty() ? "all is held" : "no stock is held for its channel");
        }
        // Too many races lost: as if there were nothing.
        Sources.Found found = one.found() == null ? new Sources.Found(List.of(), lacking(one.open())) : one.found();
        if (found.shortages().isEmpty()) {
            return outcome(order, stock.ask(found.allocations(), List.of(), policy.version()), null, places(found));
        }
        String reason = "not enough of " + skus(found.shortages());
        boolean inTime = order.postingSequence() == 0;
        if (policy.onShortage() == FulfilmentPolicy.OnShortage.CANCEL && inTime) {
            return outcome(order, stock.turnDown(found.shortages(), "refused"), reason, reason);
        }
        boolean takesPart = policy.onShortage() == FulfilmentPolicy.OnShortage.SPLIT || !inTime;
        if (takesPart && !found.allocations().isEmpty()) {
            return outcome(
                    order,
                    stock.ask(found.allocations(), found.shortages(), policy.version()),
                    null,
                    places(found) + "; " + reason);
        }
        return outcome(order, stock.wait(found.shortages(), again(now)), reason, reason);
    }

    /** The same time for all that wait. */
    static Instant again(Instant now) {
        long millis = AGAIN.toMillis();
        return Instant.ofEpochMilli((now.toEpochMilli() / millis + 1) * millis);
    }

    private static Fulfilment.Outcome outcome(
            StockBook.InHand order, Happening happening, @Nullable String reason, String detail) {
        return new Fulfilment.Outcome(order, happening, reason, "sourced", detail, "", order.traceparent());
    }

    private static List<Shortage> lacking(List<Need> open) {
        return open.stream()
                .map(need -> new Shortage(need.lineId(), need.sku(), need.quantity()))
                .toList();
    }

    static List<Need> needs(OrderDocument document) {
        return document.lines().stream()
                .map(line -> new Need(line.lineId(), line.sku(), line.quantity()))
                .toList();
    }

    private static String places(Sources.Found found) {
        return found.allocations().stream()
                .map(OrderStock.Allocation::location)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String skus(List<Shortage> shortages) {
        return shortages.stream().map(Shortage::sku).distinct().limit(5).collect(Collectors.joining(", "));
    }
}
