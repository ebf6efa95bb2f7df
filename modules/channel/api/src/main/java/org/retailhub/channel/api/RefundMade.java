package org.retailhub.channel.api;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A channel gave money back, or took goods back, or both. Told once per refund; its business key is the order's
 * ({@code CanonicalOrder.businessKey}).
 *
 * <p>Amounts are as the channel states them, in {@code currency}, not negative where the buyer gets money: a line's amount is net of
 * discounts, and its tax is inside it if the channel's prices include tax. Payments may exist without lines (goodwill) and lines without
 * payments (an exchange).
 *
 * @param refundId the channel's own number
 * @param refundedAt with the channel's offset
 * @param currency ISO 4217; null if the refund states no amount
 * @param reason the channel's words; may be null
 */
public record RefundMade(
        String channel,
        String channelOrderId,
        String refundId,
        OffsetDateTime refundedAt,
        @Nullable String currency,
        @Nullable String reason,
        List<Line> lines,
        List<Adjustment> adjustments,
        List<Payment> payments) {
    public static final String TYPE = "RefundMade.v1";

    public RefundMade {
        Objects.requireNonNull(channel);
        Objects.requireNonNull(channelOrderId);
        Objects.requireNonNull(refundId);
        Objects.requireNonNull(refundedAt);
        lines = List.copyOf(lines);
        adjustments = List.copyOf(adjustments);
        payments = List.copyOf(payments);
    }

    /** What becomes of the goods. */
    public enum Restock {
        /** Delivered goods came back into stock at the location. */
        RETURN,
        /** Taken off before delivery; back in stock at the location. */
        CANCEL,
        /** Stock does not move. */
        NONE,
        /** An old record: whether stock moved cannot be told. */
        UNKNOWN
    }

    /** @param locationId the channel's own, where stock moves; null if it does not */
    public record Line(
            String lineId,
            BigDecimal quantity,
            BigDecimal amount,
            BigDecimal tax,
            Restock restock,
            @Nullable String locationId) {}

    /** @param type {@code shipping}, {@code duty}, or the channel's word for it */
    public record Adjustment(String type, BigDecimal amount, BigDecimal tax) {}

    /** Money that went back, or was tried to: the channel's own words for method and status. */
    public record Payment(
            String paymentId,
            @Nullable String method,
            String status,
            BigDecimal amount,
            @Nullable String currency) {}
}
