/** Postings and ERPs over HTTP. */
@NullMarked
package org.retailhub.erp.rest;

import org.jspecify.annotations.NullMarked;
