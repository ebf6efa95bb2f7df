/**
 * Messages that could not be handled, and those that wait behind them: admitted, released in sequence, edited, discarded. It never
 * touches the broker: a released case is handled from here.
 */
@NullMarked
package org.retailhub.platform.runtime.hospital;

import org.jspecify.annotations.NullMarked;
