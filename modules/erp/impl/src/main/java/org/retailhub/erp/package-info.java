/**
 * Postings: what other modules want booked, brought into each ERP exactly once and in order, and what the ERP said. The beans behind
 * the api, the required interface ({@link org.retailhub.erp.Imports}) and the start-up live here. Not here: what an order is.
 */
@NullMarked
package org.retailhub.erp;

import org.jspecify.annotations.NullMarked;
