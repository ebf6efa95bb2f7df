package org.retailhub.platform.runtime.messaging;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.hospital.Admission;
import org.retailhub.platform.runtime.hospital.CaseState;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.hospital.OpenCase;
import org.retailhub.platform.runtime.trace.Trace;

/**
 * The work of one drain transaction between receive and commit: guards the sequence of each key, runs the handler in rounds of
 * at most one message per key, parks what cannot be handled and everything behind it.
 */
final class DrainBatch<F, E> {
    private static final Logger LOG = Logger.getLogger(DrainBatch.class);

    /** How many cases of one key a transaction takes out of the hospital. */
    static final int MOST_ROUNDS = 4;

    /** A message in hand, with its case if it came from the hospital. */
    private record Item(Envelope message, @Nullable OpenCase treated) {
        @Nullable
        String caseId() {
            return treated == null ? null : treated.caseId();
        }
    }

    private final String queue;
    private final BatchHandler<F, E> handler;
    private final Inbox inbox;
    private final Hospital hospital;
    private final Trace trace;
    private final Clock clock;

    private Map<String, Inbox.Line> lines = Map.of();
    private final Map<String, Deque<Item>> candidates = new LinkedHashMap<>();
    private final Set<String> blocked = new LinkedHashSet<>();
    private final List<Admission> admissions = new ArrayList<>();
    private final List<String> discharged = new ArrayList<>();
    private final List<Trace.Hop> hops = new ArrayList<>();
    private int handled;

    DrainBatch(String queue, BatchHandler<F, E> handler, Inbox inbox, Hospital hospital, Trace trace, Clock clock) {
        this.queue = queue;
        this.handler = handler;
        this.inbox = inbox;
        this.hospital = hospital;
        this.trace = trace;
        this.clock = clock;
    }

    /**
     * @param dueKeys keys with a case whose time has come
     * @param received fresh from the queue, in its order
     * @param suspect if not null, nothing is handled: the single message or case in hand is parked with this as our bug
     * @return number of messages whose effect was written
     */
    int run(List<String> dueKeys, List<Received> received, int limit, @Nullable RuntimeException suspect) {
        Set<String> keys = new LinkedHashSet<>(dueKeys);
        received.forEach(r -> keys.add(r.envelope().businessKey()));
        lines = inbox.lock(queue, keys);
        Set<String> withCases = new LinkedHashSet<>(dueKeys);
        lines.forEach((key, line) -> {
            if (line.openCases > 0) {
                withCases.add(key);
            }
        });
        Map<String, SortedMap<Long, OpenCase>> cases = hospital.openCases(queue, withCases);
        takeDue(dueKeys, cases, limit);
        takeFresh(received, cases);
        if (suspect == null) {
            rounds();
        } else {
            candidates
                    .values()
                    .forEach(items -> items.forEach(item -> park(
                            item, RuntimeError.BUG, suspect.getClass().getSimpleName() + ": " + suspect.getMessage())));
        }
        hospital.admit(queue, admissions);
        hospital.discharge(discharged);
        lines.forEach((key, line) -> {
            if (line.changed && line.openCases > 0) {
                hospital.callNext(queue, key, line.lastSequence + 1);
            }
        });
        inbox.store(queue, lines);
        trace.record(hops);
        return handled;
    }

    /**
     * The due case of a key if it is the next one, and some directly behind it: each is a round of its own, and a long line of one key
     * would hold up all others in this transaction. The rest is called in the next one.
     */
    private void takeDue(List<String> dueKeys, Map<String, SortedMap<Long, OpenCase>> cases, int limit) {
        Instant now = clock.instant();
        int taken = 0;
        for (String key : dueKeys) {
            Inbox.Line line = line(key);
            SortedMap<Long, OpenCase> open = cases.getOrDefault(key, Collections.emptySortedMap());
            long next = line.lastSequence + 1;
            int ofKey = 0;
            for (OpenCase found : open.values()) {
                long sequence = found.message().sequence();
                if (sequence <= line.lastSequence) {
                    discharged.add(found.caseId());
                    line.closed();
                } else if (sequence == next
                        && taken < limit
                        && ofKey < MOST_ROUNDS
                        && (found.isDue(now) || found.state() == CaseState.WAITING || found.state() == CaseState.GAP)) {
                    enqueue(new Item(found.message(), found));
                    next++;
                    taken++;
                    ofKey++;
                } else {
                    if (found.isDue(now) && sequence != next) {
                        // Not its turn: called again when the one before it is done.
                        admissions.add(new Admission(
                                found.caseId(), found.message(), CaseState.WAITING, null, "", null, null));
                    }
                    break;
                }
            }
        }
    }

    private void takeFresh(List<Received> received, Map<String, SortedMap<Long, OpenCase>> cases) {
        Map<String, SortedMap<Long, Envelope>> byKey = new LinkedHashMap<>();
        for (Received one : received) {
            Envelope message = one.envelope();
            if (one.wellFormed()) {
                if (byKey.computeIfAbsent(message.businessKey(), k -> new TreeMap<>())
                                .putIfAbsent(message.sequence(), message)
                        != null) {
                    hop(message, "duplicate", "");
                }
            } else {
                park(new Item(message, null), RuntimeError.MALFORMED_MESSAGE, one.fault());
            }
        }
        byKey.forEach((key, messages) -> {
            Inbox.Line line = line(key);
            SortedMap<Long, OpenCase> open = cases.getOrDefault(key, Collections.emptySortedMap());
            // Behind an open case of its own key a message waits; behind a gap only what comes after the gap does.
            boolean waits = open.containsKey(line.lastSequence + 1);
            long next = contiguousAfter(line.lastSequence, open);
            for (Envelope message : messages.values()) {
                if (message.sequence() <= line.lastSequence || open.containsKey(message.sequence())) {
                    hop(message, "duplicate", "");
                    continue;
                }
                if (message.sequence() != next) {
                    line.opened();
                    admissions.add(Admission.afterGap(message));
                    hop(message, "waits-for-predecessor", "number " + next + " is missing");
                    continue;
                }
                if (waits) {
                    line.opened();
                    admissions.add(Admission.behindAnother(message));
                    hop(message, "waits-behind-parked", "");
                } else {
                    enqueue(new Item(message, null));
                }
                long after = contiguousAfter(next, open);
                waits |= after > next + 1;
                next = after;
            }
        });
    }

    private static long contiguousAfter(long lastSequence, SortedMap<Long, OpenCase> open) {
        long next = lastSequence + 1;
        while (open.containsKey(next)) {
            next++;
        }
        return next;
    }

    private Inbox.Line line(String key) {
        return Objects.requireNonNull(lines.get(key), "each key in hand is locked");
    }

    private void enqueue(Item item) {
        candidates
                .computeIfAbsent(item.message().businessKey(), k -> new ArrayDeque<>())
                .add(item);
    }

    private void rounds() {
        while (!candidates.isEmpty()) {
            List<Item> round = new ArrayList<>();
            candidates.values().removeIf(items -> {
                round.add(items.poll());
                return items.isEmpty();
            });
            List<Item> open = new ArrayList<>();
            for (Item item : round) {
                if (blocked.contains(item.message().businessKey())) {
                    waitBehind(item);
                } else {
                    open.add(item);
                }
            }
            if (!open.isEmpty()) {
                handle(open);
            }
        }
    }

    private void handle(List<Item> round) {
        F facts = handler.load(round.stream().map(Item::message).toList());
        List<BatchHandler.Decided<E>> good = new ArrayList<>(round.size());
        List<Item> goodItems = new ArrayList<>(round.size());
        for (Item item : round) {
            Verdict<E> verdict = decide(item, facts);
            if (verdict instanceof Verdict.Handle<E> handle) {
                good.add(new BatchHandler.Decided<>(item.message(), handle.effect()));
                goodItems.add(item);
            } else if (verdict instanceof Verdict.Park<E> park) {
                park(item, park.code(), park.detail());
            } else if (verdict instanceof Verdict.Hold<E> hold) {
                hold(item, hold);
            }
        }
        if (!good.isEmpty()) {
            handler.write(good, facts);
        }
        for (Item item : goodItems) {
            Inbox.Line line = line(item.message().businessKey());
            line.handled(item.message().sequence());
            OpenCase treated = item.treated();
            if (treated != null) {
                discharged.add(treated.caseId());
                line.closed();
            }
            if (!handler.traces(item.message())) {
                hop(item.message(), "handled", queue);
            }
            handled++;
        }
    }

    private Verdict<E> decide(Item item, F facts) {
        try {
            return handler.decide(item.message(), facts);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "RUN-9999 %s: deciding on %s %s failed",
                    queue,
                    item.message().type(),
                    item.message().messageId());
            return Verdict.park(RuntimeError.BUG, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private void park(Item item, ErrorCode code, String detail) {
        Envelope message = item.message();
        blocked.add(message.businessKey());
        admit(item, new Admission(item.caseId(), message, CaseState.PARKED, code, detail, null, null));
        hop(message, "parked", code.code() + " " + detail);
        LOG.warnf("%s %s: parked %s of %s: %s", code.code(), queue, message.type(), message.businessKey(), detail);
    }

    private void hold(Item item, Verdict.Hold<E> hold) {
        Instant now = clock.instant();
        OpenCase treated = item.treated();
        Instant known = treated == null ? null : treated.deadline();
        Instant deadline = known == null ? now.plus(hold.deadline()) : known;
        if (now.isAfter(deadline)) {
            park(item, hold.code(), "waited until " + deadline + ": " + hold.detail());
            return;
        }
        blocked.add(item.message().businessKey());
        Instant dueAt = now.plus(hold.retryAfter());
        admit(
                item,
                new Admission(
                        item.caseId(), item.message(), CaseState.DUE, hold.code(), hold.detail(), dueAt, deadline));
        hop(item.message(), "held", hold.code().code() + " " + hold.detail());
    }

    private void waitBehind(Item item) {
        OpenCase treated = item.treated();
        if (treated == null) {
            admit(item, Admission.behindAnother(item.message()));
            hop(item.message(), "waits-behind-parked", "");
        } else if (treated.state() == CaseState.DUE) {
            Envelope message = item.message();
            admit(item, new Admission(item.caseId(), message, CaseState.WAITING, null, "", null, null));
        }
    }

    private void admit(Item item, Admission admission) {
        if (item.treated() == null) {
            line(item.message().businessKey()).opened();
        }
        admissions.add(admission);
    }

    private void hop(Envelope message, String hop, String detail) {
        hops.add(new Trace.Hop(message.businessKey(), message.tenant(), hop, message.messageId(), detail));
    }
}
