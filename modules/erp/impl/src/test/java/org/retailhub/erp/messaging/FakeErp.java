package org.retailhub.erp.messaging;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.retailhub.erp.domain.AfterPosting;
import org.retailhub.erp.domain.Amends;
import org.retailhub.erp.domain.Booking;
import org.retailhub.erp.domain.Capability;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.erp.domain.ErpVerdict;
import org.retailhub.erp.domain.Pending;
import org.retailhub.erp.domain.Questions;
import org.retailhub.erp.domain.Resolution;
import org.retailhub.erp.domain.Standing;
import org.retailhub.erp.domain.Underway;

/** An ERP in memory: what it has is what a test says. A document is the message id that it was written for. */
final class FakeErp implements ErpAdapter<ErpAdapter.Facts, String>, ErpAdapter.Facts {
    final Set<String> marks = new HashSet<>();
    final Map<String, Standing> standings = new HashMap<>();
    final Map<String, String> writers = new HashMap<>();
    final Set<Capability> capabilities = EnumSet.allOf(Capability.class);
    final Map<String, Underway> underway = new HashMap<>();
    final Set<String> corrected = new HashSet<>();
    AfterPosting afterPosting = AfterPosting.RETURN_DOCUMENT;
    Resolution<String> correction = new Resolution.Bookable<>("correction");
    Amends amends;
    Resolution.Fault<String> fault;

    FakeErp has(String orderId, Standing.Kind kind, String writer) {
        standings.put(
                orderId,
                new Standing(kind, kind == Standing.Kind.DOCUMENT || kind == Standing.Kind.PART ? "1000017" : null));
        writers.put(orderId, writer);
        return this;
    }

    FakeErp marked(String... messageIds) {
        marks.addAll(List.of(messageIds));
        return this;
    }

    @Override
    public String target() {
        return "fake";
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public AfterPosting afterPosting() {
        return afterPosting;
    }

    @Override
    public Resolution<String> correct(Amends wanted, Facts facts) {
        amends = wanted;
        return correction;
    }

    @Override
    public void prepare() {}

    @Override
    public void probe() {}

    @Override
    public Facts load(Questions questions) {
        return this;
    }

    @Override
    public Resolution<String> resolve(Booking booking, Facts facts) {
        return fault != null ? fault : new Resolution.Bookable<>(booking.messageId());
    }

    @Override
    public Optional<String> orderOfFurtherDocument(String documentNo) {
        return Optional.empty();
    }

    @Override
    public void write(Changes<String> changes) {}

    @Override
    public Map<String, ErpVerdict> verdicts(Collection<Pending> pending) {
        return Map.of();
    }

    @Override
    public Set<String> marked(Collection<String> messageIds) {
        return marks;
    }

    @Override
    public List<Mark> marks(Instant from, Instant to, String after, int limit) {
        return List.of();
    }

    @Override
    public boolean handled(String messageId) {
        return marks.contains(messageId);
    }

    @Override
    public boolean wrote(String orderId, String messageId) {
        return messageId.equals(writers.get(orderId));
    }

    @Override
    public Underway underway(String orderId) {
        return underway.getOrDefault(orderId, Underway.NOTHING);
    }

    @Override
    public boolean corrected(String orderId, String messageId, long sequence) {
        return corrected.contains(messageId);
    }

    @Override
    public Standing standing(String orderId) {
        return standings.getOrDefault(orderId, Standing.NOTHING);
    }
}
