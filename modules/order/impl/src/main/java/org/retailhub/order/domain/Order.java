package org.retailhub.order.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.domain.OrderLife.Happening;
import org.retailhub.platform.kernel.RetailException;

/**
 * One order's state; its content is in its revisions. Changed here one at a time, under its row's lock; placed, mapped and moved
 * by the ERP's verdicts in batches by SQL ({@link OrderBook}). Its life is {@link OrderLife}.
 */
@Entity
@Table(name = "orders")
public class Order {
    /** Of the stored times: microseconds, rounded. */
    private static final Duration PRECISION = Duration.ofMillis(1);

    @Id
    @Column(name = "order_id", nullable = false)
    private String orderId;

    @Column(name = "tenant", nullable = false, updatable = false)
    private String tenant;

    @Column(name = "channel", nullable = false, updatable = false)
    private String channel;

    @Column(name = "channel_order_id", nullable = false, updatable = false)
    private String channelOrderId;

    @Convert(converter = StatusColumn.class)
    @Column(name = "status", nullable = false)
    private OrderStatus status;

    @Version
    @Column(name = "version", nullable = false)
    private int version;

    @Column(name = "revision", nullable = false)
    private int revision;

    @Column(name = "posting_sequence", nullable = false)
    private long postingSequence;

    @Column(name = "content_hash", nullable = false, updatable = false)
    private byte[] contentHash;

    @Column(name = "placed_at", nullable = false)
    private Instant placedAt;

    @Column(name = "received_at", nullable = false, updatable = false)
    private Instant receivedAt;

    @Column(name = "status_since", nullable = false)
    private Instant statusSince;

    @Column(name = "currency", nullable = false)
    private String currency;

    @Column(name = "grand_total", nullable = false, precision = 19, scale = 4)
    private BigDecimal grandTotal;

    @Column(name = "document_no")
    private @Nullable String documentNo;

    @Column(name = "status_reason")
    private @Nullable String statusReason;

    /** For JPA. */
    protected Order() {}

    public String orderId() {
        return orderId;
    }

    public String tenant() {
        return tenant;
    }

    public String channel() {
        return channel;
    }

    public String channelOrderId() {
        return channelOrderId;
    }

    public OrderStatus status() {
        return status;
    }

    public int version() {
        return version;
    }

    public int revision() {
        return revision;
    }

    /** The ERP's; null while there is no document. */
    public @Nullable String documentNo() {
        return documentNo;
    }

    /** Number of the last message sent to the ERP module; 0 before the first. */
    public long postingSequence() {
        return postingSequence;
    }

    /**
     * Takes the whole document anew as the next revision. What went to the ERP module already is amended there, which needs all
     * SKUs known; before that the order may wait for them.
     *
     * @param reserves whether its channel's policy has stock held before the first posting
     * @return whether a message goes out, numbered {@link #postingSequence}
     * @throws RetailException if it is too late, it is another order, or a SKU is unknown
     */
    public boolean change(OrderDocument document, boolean allMapped, boolean reserves, Instant now) {
        OrderStatus next = after(Happening.CHANGE);
        requireSameOrder(document);
        boolean sentBefore = postingSequence > 0;
        if (sentBefore && !allMapped) {
            throw new RetailException(
                    OrderError.UNMAPPED_CHANGE, "teach master data the new SKU first, then send the change again");
        }
        if (next == OrderStatus.AWAITING_MAPPING && allMapped) {
            next = OrderLife.complete(reserves);
        }
        take(document);
        moveTo(next, null, now);
        if (sentBefore || next == OrderStatus.POSTING) {
            postingSequence++;
            return true;
        }
        return false;
    }

    /**
     * Takes what the channel changed while a person has a change to follow in the ERP: nothing goes out, it is one more.
     *
     * @throws RetailException if nobody has
     */
    public void changeLate(OrderDocument document, String reason, Instant now) {
        OrderStatus next = after(Happening.LATE_CHANGE);
        requireSameOrder(document);
        take(document);
        moveTo(next, reason, now);
    }

    /** The same of a cancellation. */
    public void cancelLate(String reason, Instant now) {
        moveTo(after(Happening.LATE_CANCEL), reason, now);
    }

    private void requireSameOrder(OrderDocument document) {
        if (!channel.equals(document.channel()) || !channelOrderId.equals(document.channelOrderId())) {
            throw new RetailException(
                    OrderError.ANOTHER_ORDER, "this is " + channelOrderId + " of the channel " + channel);
        }
        if (!isSameTime(placedAt, document.placedAt().toInstant())) {
            throw new RetailException(
                    OrderError.ANOTHER_ORDER,
                    "placedAt stays as it was placed: " + placedAt,
                    List.of(new RetailException.Violation("placedAt", "must be " + placedAt)),
                    null);
        }
        if (document.test() != (status == OrderStatus.NOT_FOR_ERP)) {
            throw new RetailException(OrderError.TEST_FLAG_CHANGED, "cancel it and place another one");
        }
    }

    /** As far as the database keeps times: an order's id belongs to the time it was placed at (ADR 0008), so that stays. */
    public static boolean isSameTime(Instant placedAt, Instant told) {
        return Duration.between(placedAt, told).abs().compareTo(PRECISION) < 0;
    }

    private void take(OrderDocument document) {
        revision++;
        placedAt = document.placedAt().toInstant();
        currency = document.currency();
        grandTotal = document.totals().grand();
    }

    /**
     * Cancels it: at once if nothing went to the ERP module, else by a withdrawal.
     *
     * @return whether a message goes out, numbered {@link #postingSequence}
     * @throws RetailException if it is too late
     */
    public boolean cancel(String reason, Instant now) {
        OrderStatus next = after(Happening.CANCEL);
        moveTo(next, reason, now);
        if (next == OrderStatus.CANCELLING) {
            postingSequence++;
            return true;
        }
        return false;
    }

    private OrderStatus after(Happening happening) {
        return OrderLife.after(status, happening)
                .orElseThrow(() -> new RetailException(
                        OrderError.TOO_LATE,
                        "the order is " + status.wire()
                                + (documentNo == null ? "" : " as the ERP's document " + documentNo)));
    }

    private void moveTo(OrderStatus next, @Nullable String reason, Instant now) {
        status = next;
        statusReason = reason;
        statusSince = now;
    }
}
