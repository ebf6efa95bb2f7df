/**
 * What other modules may know about stock: what can be sold, how to record what moved and to hold what was sold, what the module tells,
 * and its error codes.
 *
 * <p>JDK and kernel only. Questions are bulk: one call for a whole batch. Not here: how stock is counted.
 */
@NullMarked
package org.retailhub.inventory.api;

import org.jspecify.annotations.NullMarked;
