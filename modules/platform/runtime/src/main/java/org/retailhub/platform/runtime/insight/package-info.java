/**
 * A module's own rows, told to the operations module: what the runtime keeps for it, and how its books are counted. It decides
 * nothing and writes nothing.
 */
@NullMarked
package org.retailhub.platform.runtime.insight;

import org.jspecify.annotations.NullMarked;
