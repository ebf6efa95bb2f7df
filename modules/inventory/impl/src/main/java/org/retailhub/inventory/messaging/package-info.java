/** The queue's side of the module: commands, by the same use cases as over HTTP. */
@NullMarked
package org.retailhub.inventory.messaging;

import org.jspecify.annotations.NullMarked;
