package org.retailhub.erp.domain;

import java.util.Map;
import org.retailhub.erp.api.SalesDocument;

/**
 * A document together with the ERP's keys for it.
 *
 * @param messageId marks the rows that are written for it
 * @param partner the ERP's search key of the sales account
 * @param itemBySku the ERP's search key of each line's item
 */
public record Booking(String messageId, SalesDocument document, String partner, Map<String, String> itemBySku) {}
