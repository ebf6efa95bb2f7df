package org.retailhub.erp.domain;

import java.util.Set;

/**
 * What the ERP has of an order's corrections that it has made nothing of yet; what waits is locked for us until our transaction ends.
 *
 * @param waiting numbers of documents whose rows wait
 * @param busy whether its import has some of them in hand
 */
public record Underway(Set<String> waiting, boolean busy) {
    public static final Underway NOTHING = new Underway(Set.of(), false);
}
