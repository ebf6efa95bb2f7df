/**
 * Opens a transaction where the container does not: batcher, drain, periodic work.
 */
@NullMarked
package org.retailhub.platform.runtime.tx;

import org.jspecify.annotations.NullMarked;
