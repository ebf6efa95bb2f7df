/** The drain's handler for postings, the poller of verdicts, and the events that both tell. */
package org.retailhub.erp.messaging;
