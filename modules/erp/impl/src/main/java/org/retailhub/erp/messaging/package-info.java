/** The drain's handler for postings, the poller of verdicts, and the events that both tell. */
@NullMarked
package org.retailhub.erp.messaging;

import org.jspecify.annotations.NullMarked;
