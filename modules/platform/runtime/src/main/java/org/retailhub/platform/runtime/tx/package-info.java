/**
 * Opens a transaction where the container does not: batcher, drain, periodic work.
 */
package org.retailhub.platform.runtime.tx;
