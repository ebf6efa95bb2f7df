/**
 * What other modules may know about master data: products by SKU, the ERP's account of a sales channel, and the events that
 * say when either was learnt.
 *
 * <p>JDK and kernel only. Questions are bulk: one call for a whole batch.
 */
@NullMarked
package org.retailhub.masterdata.api;

import org.jspecify.annotations.NullMarked;
