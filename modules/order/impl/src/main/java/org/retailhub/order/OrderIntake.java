package org.retailhub.order;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.Differences;
import org.retailhub.order.domain.Placed;
import org.retailhub.order.domain.Placement;
import org.retailhub.order.domain.Placements;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.intake.Intake;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.trace.Trace;

/**
 * What the door does with a batch of orders: rows, log rows and messages in one transaction. Facts are the unknown SKUs by tenant.
 */
final class OrderIntake implements Intake<Placement, Map<String, Set<String>>, Placed> {
    private final Placements placements;
    private final KnownSkus knownSkus;
    private final MessageSender sender;
    private final Trace trace;
    private final Clock clock;

    OrderIntake(Placements placements, KnownSkus knownSkus, MessageSender sender, Trace trace, Clock clock) {
        this.placements = placements;
        this.knownSkus = knownSkus;
        this.sender = sender;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public String key(Placement request) {
        return request.naturalKey();
    }

    @Override
    public Map<String, Set<String>> load(List<Placement> batch) {
        Map<String, Set<String>> asked = new HashMap<>();
        for (Placement placement : batch) {
            if (!placement.document().test()) {
                asked.computeIfAbsent(placement.tenant(), t -> new HashSet<>())
                        .addAll(placement.document().skus());
            }
        }
        asked.replaceAll(knownSkus::unknownAmong);
        return asked;
    }

    @Override
    public List<Placed> write(List<Placement> batch, Map<String, Set<String>> unknownByTenant) {
        Instant now = clock.instant();
        Placed[] answers = new Placed[batch.size()];
        List<Boolean> locked = placements.lock(batch);
        Map<String, Placements.Known> known = placements.known(batch);
        Map<String, Placements.Known> keys = placements.knownKeys(batch);
        Set<String> keysInBatch = new HashSet<>();
        List<Placements.Fresh> fresh = new ArrayList<>(batch.size());
        Map<Integer, Placements.Known> differing = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Placement placement = batch.get(i);
            String ownKey = placement
                    .idempotencyKey()
                    .map(key -> placement.tenant() + '\n' + key)
                    .orElse(null);
            if (!locked.get(i) || ownKey != null && !keysInBatch.add(ownKey)) {
                continue;
            }
            Placements.Known underKey = keys.get(ownKey);
            Placements.Known existing = known.get(placement.naturalKey());
            if (underKey != null && !Arrays.equals(underKey.contentHash(), placement.contentHash())) {
                answers[i] = new Placed.KeyReused(underKey.orderId());
            } else if (existing == null) {
                Placements.Fresh order = fresh(placement, unknownByTenant);
                fresh.add(order);
                answers[i] = new Placed.Accepted(order.orderId(), order.status(), false);
            } else if (Arrays.equals(existing.contentHash(), placement.contentHash())) {
                answers[i] = new Placed.Accepted(existing.orderId(), existing.status(), true);
            } else {
                differing.put(i, existing);
            }
        }
        placements.insert(fresh, now);
        rememberKeys(batch, answers, now);
        tellDifferences(batch, differing, answers);
        send(fresh);
        return Arrays.asList(answers);
    }

    /** The id belongs to the natural key: an order that we forgot by a restore gets back the one that the ERP knows (ADR 0008). */
    private Placements.Fresh fresh(Placement placement, Map<String, Set<String>> unknownByTenant) {
        String orderId = Ulid.of(placement.document().placedAt().toInstant(), placement.naturalKey());
        if (placement.document().test()) {
            return new Placements.Fresh(orderId, placement, OrderStatus.NOT_FOR_ERP, Set.of());
        }
        Set<String> unknown = unknownByTenant.getOrDefault(placement.tenant(), Set.of());
        Set<String> awaiting = unknown.isEmpty()
                ? Set.of()
                : new HashSet<>(placement.document().skus());
        if (!awaiting.isEmpty()) {
            awaiting.retainAll(unknown);
        }
        return new Placements.Fresh(
                orderId, placement, awaiting.isEmpty() ? OrderStatus.POSTING : OrderStatus.AWAITING_MAPPING, awaiting);
    }

    private void send(List<Placements.Fresh> fresh) {
        List<OutboundMessage> messages = new ArrayList<>(fresh.size());
        List<Trace.Hop> hops = new ArrayList<>(fresh.size());
        for (Placements.Fresh order : fresh) {
            Placement placement = order.placement();
            String messageId = "";
            if (order.postingSequence() > 0) {
                OutboundMessage message = Postings.post(new Postings.Sale(
                        order.orderId(),
                        placement.tenant(),
                        1,
                        placement.document(),
                        order.postingSequence(),
                        placement.traceparent()));
                messages.add(message);
                messageId = message.envelope().messageId();
            }
            hops.add(new Trace.Hop(
                    order.orderId(),
                    placement.tenant(),
                    "accepted",
                    messageId,
                    order.status().wire()));
        }
        sender.send(messages);
        trace.record(hops);
    }

    private void rememberKeys(List<Placement> batch, Placed[] answers, Instant now) {
        List<Placement> accepted = new ArrayList<>();
        List<String> orderIds = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] instanceof Placed.Accepted one
                    && batch.get(i).idempotencyKey().isPresent()) {
                accepted.add(batch.get(i));
                orderIds.add(one.orderId());
            }
        }
        placements.rememberKeys(accepted, orderIds, now);
    }

    private void tellDifferences(List<Placement> batch, Map<Integer, Placements.Known> differing, Placed[] answers) {
        Set<String> orderIds = new HashSet<>();
        differing.values().forEach(known -> orderIds.add(known.orderId()));
        Map<String, String> documents = placements.firstDocuments(orderIds);
        differing.forEach((i, known) -> answers[i] = new Placed.Differs(
                known.orderId(),
                Differences.between(documents.get(known.orderId()), batch.get(i).canonical())));
    }
}
