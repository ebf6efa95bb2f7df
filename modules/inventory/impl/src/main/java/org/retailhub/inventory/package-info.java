/**
 * Stock that is never oversold: an append-only ledger of what moved, positions that derive from it in the same transaction, what can be sold
 * by whom, and reservations.
 *
 * <p>Use cases, the beans behind {@link org.retailhub.inventory.api}, and {@link org.retailhub.inventory.Imports}, which shows all that
 * this module needs from others. Not here: where an order is shipped from, and what an ERP books.
 */
@NullMarked
package org.retailhub.inventory;

import org.jspecify.annotations.NullMarked;
