/** The order API: its resources and what they read and write. No rule of an order is here. */
@NullMarked
package org.retailhub.order.rest;

import org.jspecify.annotations.NullMarked;
