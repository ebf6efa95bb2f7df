/**
 * One short row per hop of a business key, in the transaction of the hop.
 */
package org.retailhub.platform.runtime.trace;
