package org.retailhub.order;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.canonical.Differences;
import org.retailhub.order.domain.Placed;
import org.retailhub.order.domain.Placement;
import org.retailhub.order.domain.Placements;
import org.retailhub.platform.runtime.intake.Intake;

/**
 * What the door does with a batch of orders: rows, log rows and messages in one transaction. Facts are the unknown SKUs by tenant.
 */
final class OrderIntake implements Intake<Placement, Map<String, Set<String>>, Placed> {
    private final Placements placements;
    private final Reception reception;
    private final Clock clock;

    OrderIntake(Placements placements, Reception reception, Clock clock) {
        this.placements = placements;
        this.reception = reception;
        this.clock = clock;
    }

    @Override
    public String key(Placement request) {
        return request.naturalKey();
    }

    @Override
    public Map<String, Set<String>> load(List<Placement> batch) {
        return reception.unknownSkus(batch);
    }

    @Override
    public List<@Nullable Placed> write(List<Placement> batch, Map<String, Set<String>> unknownByTenant) {
        Instant now = clock.instant();
        @Nullable Placed[] answers = new @Nullable Placed[batch.size()];
        List<Boolean> locked = placements.lock(batch);
        Map<String, Placements.Known> known = placements.known(batch);
        Map<String, Placements.UnderKey> keys = placements.knownKeys(batch);
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
            Placements.UnderKey underKey = keys.get(ownKey);
            Placements.Known existing = known.get(placement.naturalKey());
            if (underKey != null && !Arrays.equals(underKey.contentHash(), placement.contentHash())) {
                answers[i] = new Placed.KeyReused(underKey.orderId());
            } else if (existing == null) {
                Placements.Fresh order = reception.begin(placement, unknownByTenant);
                fresh.add(order);
                answers[i] = new Placed.Accepted(order.orderId(), order.status(), false);
            } else if (Arrays.equals(existing.contentHash(), placement.contentHash())) {
                answers[i] = new Placed.Accepted(existing.orderId(), existing.status(), true);
            } else {
                differing.put(i, existing);
            }
        }
        reception.store(fresh);
        rememberKeys(batch, answers, now);
        tellDifferences(batch, differing, answers);
        return Arrays.asList(answers);
    }

    private void rememberKeys(List<Placement> batch, @Nullable Placed[] answers, Instant now) {
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

    private void tellDifferences(
            List<Placement> batch, Map<Integer, Placements.Known> differing, @Nullable Placed[] answers) {
        Set<String> orderIds = new HashSet<>();
        differing.values().forEach(known -> orderIds.add(known.orderId()));
        Map<String, String> documents = placements.firstDocuments(orderIds);
        differing.forEach((i, known) -> answers[i] = new Placed.Differs(
                known.orderId(),
                Differences.between(
                        Objects.requireNonNull(documents.get(known.orderId()), "an order keeps its first revision"),
                        batch.get(i).canonical())));
    }
}
