/**
 * A Shopify shop of the size of its orders: signed webhooks that get lost, come twice, late and in any order, and the Admin API that says
 * what is true. It shares no code with the hub.
 */
@NullMarked
package org.retailhub.simulator.shopify;

import org.jspecify.annotations.NullMarked;
