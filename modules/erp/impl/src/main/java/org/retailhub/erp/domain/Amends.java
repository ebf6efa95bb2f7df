package org.retailhub.erp.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of an order that the ERP has made its document of.
 *
 * @param messageId marks the rows that are written for it
 * @param sequence of that message; the further documents are numbered by it, so that the same message always makes the same ones
 * @param wanted the whole order as it is to be; null if nothing of it is to stay
 * @param at the day of the further documents
 */
public record Amends(
        String messageId,
        String orderId,
        long sequence,
        @Nullable Booking wanted,
        Instant at) {}
