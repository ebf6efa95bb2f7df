/**
 * The canonical order document: read from a channel, checked, written in one form, and compared. Pure; knows nothing of servers,
 * databases or messages.
 */
package org.retailhub.order.canonical;
