/**
 * What callers write and what it means: movements, reservations, what is done with them. Reads and checks, with every fault by its path;
 * the same for HTTP and for messages. Knows no stock.
 */
@NullMarked
package org.retailhub.inventory.canonical;

import org.jspecify.annotations.NullMarked;
