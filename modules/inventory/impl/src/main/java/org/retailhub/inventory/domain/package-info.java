/** What stock is: positions, their ledger, feeds, rules of channels, what is held. No server, no database. */
@NullMarked
package org.retailhub.inventory.domain;

import org.jspecify.annotations.NullMarked;
