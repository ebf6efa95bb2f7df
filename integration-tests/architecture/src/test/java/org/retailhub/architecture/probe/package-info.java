/** What is put into each WAR to look at its class loader from the inside. Never part of the product. */
package org.retailhub.architecture.probe;
