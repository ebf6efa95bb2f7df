/**
 * Gathers the requests that wait anyway and commits them in one transaction. Knows nothing of HTTP or of what a request is.
 */
@NullMarked
package org.retailhub.platform.runtime.intake;

import org.jspecify.annotations.NullMarked;
