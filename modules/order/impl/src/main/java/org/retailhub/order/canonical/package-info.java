/**
 * The canonical order document: read from a channel, checked, written in one form, and compared. Pure; knows nothing of servers,
 * databases or messages.
 */
@NullMarked
package org.retailhub.order.canonical;

import org.jspecify.annotations.NullMarked;
