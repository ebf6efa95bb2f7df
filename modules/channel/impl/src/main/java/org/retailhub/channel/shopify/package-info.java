/**
 * Shopify: its Admin API's orders and refunds (REST, as webhooks bring them) to our words. A pure translator and the thin binding around
 * it; nothing here knows a server, a clock or a database.
 */
@NullMarked
package org.retailhub.channel.shopify;

import org.jspecify.annotations.NullMarked;
