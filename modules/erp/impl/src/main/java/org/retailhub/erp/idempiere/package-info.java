/**
 * The adapter to iDempiere and its relatives by their order import table {@code I_Order}, in the caller's XA transaction. Knows the
 * ERP's tables and its import's rules; knows no queue and no row of ours but {@code rh_posting}.
 */
@NullMarked
package org.retailhub.erp.idempiere;

import org.jspecify.annotations.NullMarked;
