/**
 * Orders and their life: what may happen to an order in which state, and where orders are kept. Nothing here knows HTTP or JMS.
 */
@NullMarked
package org.retailhub.order.domain;

import org.jspecify.annotations.NullMarked;
