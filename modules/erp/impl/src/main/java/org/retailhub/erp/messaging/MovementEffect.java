package org.retailhub.erp.messaging;

import org.jspecify.annotations.Nullable;
import org.retailhub.erp.domain.StockPosting;

/**
 * What is written for one movement.
 *
 * @param row for the ERP; null if it has one, or gets none
 * @param mark whether the message's mark is to be left in the ERP's database
 * @param after how the posting stands then; null if it stays
 * @param hop what the trace calls it
 */
record MovementEffect<D>(
        @Nullable D row, boolean mark, @Nullable StockPosting after, String hop) {}
