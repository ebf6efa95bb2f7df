/**
 * From where an order is sent: facts in, decision out, with its reasons. What it asks others it asks in bulk, before it decides. Knows no
 * server, no database and no message; rules and decisions are kept by the use cases.
 */
@NullMarked
package org.retailhub.order.sourcing;

import org.jspecify.annotations.NullMarked;
