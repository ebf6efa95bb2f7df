/**
 * What other modules may know about orders: where an order stands, and the module's error codes.
 *
 * <p>JDK and kernel only. Questions are bulk: one call for a whole batch. Not here: the content of an order.
 */
@NullMarked
package org.retailhub.order.api;

import org.jspecify.annotations.NullMarked;
