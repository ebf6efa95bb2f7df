/** Postings and ERPs over HTTP. */
package org.retailhub.erp.rest;
