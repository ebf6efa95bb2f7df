/**
 * Sending with a log, consuming in batches with the guard of each key's sequence. No business rule and no retry policy of a module.
 */
@NullMarked
package org.retailhub.platform.runtime.messaging;

import org.jspecify.annotations.NullMarked;
