/**
 * Postings, what an ERP must be able to do for them, and the circuit in front of it. No SQL, no JMS, no word of a particular ERP.
 */
@NullMarked
package org.retailhub.erp.domain;

import org.jspecify.annotations.NullMarked;
