package org.retailhub.inventory.domain;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A row of the ledger: an entry with its number in the position, and where it left the position.
 *
 * @param recordedAt never before that of the row before it
 */
public record LedgerRow(
        PositionKey position,
        long number,
        Entry entry,
        BigDecimal onHandAfter,
        BigDecimal reservedAfter,
        Instant recordedAt) {}
