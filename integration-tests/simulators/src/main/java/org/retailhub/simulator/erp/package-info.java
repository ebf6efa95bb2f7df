/**
 * An ERP for tests and demonstrations: the interface table of iDempiere's order import with its rules, in a process and a
 * database of its own. It shares no code with the hub, so that what the hub believes of an ERP cannot hide in both. It is not
 * an ERP: no accounts, no stock, and only the tables that an order import reads and writes.
 */
@NullMarked
package org.retailhub.simulator.erp;

import org.jspecify.annotations.NullMarked;
