/**
 * Messages that could not be handled, and those that wait behind them: admitted, released in sequence, edited, discarded. It never
 * touches the broker: a released case is handled from here.
 */
package org.retailhub.platform.runtime.hospital;
