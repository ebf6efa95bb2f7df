/**
 * One short row per hop of a business key, in the transaction of the hop.
 */
@NullMarked
package org.retailhub.platform.runtime.trace;

import org.jspecify.annotations.NullMarked;
