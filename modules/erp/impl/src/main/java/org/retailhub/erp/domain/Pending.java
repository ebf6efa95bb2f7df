package org.retailhub.erp.domain;

/**
 * A posting whose verdict is asked for.
 *
 * @param messageId whose rows are meant
 * @param correction whether they are of a correction, numbered by {@code sequence}
 */
public record Pending(String orderId, String messageId, long sequence, boolean correction) {
    public static Pending of(Posting posting) {
        return new Pending(posting.orderId(), posting.messageId(), posting.sequence(), posting.correction() != null);
    }
}
