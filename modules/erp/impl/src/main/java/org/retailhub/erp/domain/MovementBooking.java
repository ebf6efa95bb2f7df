package org.retailhub.erp.domain;

import org.retailhub.inventory.api.StockMoved;

/**
 * A movement of stock together with the ERP's keys for it.
 *
 * @param messageId marks the row that is written for it
 * @param item the ERP's search key of the SKU's item
 * @param warehouse the ERP's search key of the location's warehouse
 */
public record MovementBooking(String messageId, StockMoved moved, String item, String warehouse) {}
