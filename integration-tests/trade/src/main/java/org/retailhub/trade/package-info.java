/**
 * A trading company in front of the hub: makes itself known, keeps its masters in the hub and in the ERP, sells over HTTP, and counts
 * what became of it. It knows the hub's public API only, and the ERP simulator's control; never the hub's tables.
 */
@NullMarked
package org.retailhub.trade;

import org.jspecify.annotations.NullMarked;
