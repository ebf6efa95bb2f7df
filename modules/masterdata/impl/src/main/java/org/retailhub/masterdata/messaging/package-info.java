/** The queue's side of the module: what ERPs say of their masters. */
@NullMarked
package org.retailhub.masterdata.messaging;

import org.jspecify.annotations.NullMarked;
