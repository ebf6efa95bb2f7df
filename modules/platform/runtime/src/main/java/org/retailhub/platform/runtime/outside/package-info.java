/**
 * What keeps the hub from calling systems that do not answer, and from calling again too often those that answer now and then. No calls are
 * made here, and nothing is retried: whoever calls asks first and says afterwards what came of it.
 */
@NullMarked
package org.retailhub.platform.runtime.outside;

import org.jspecify.annotations.NullMarked;
