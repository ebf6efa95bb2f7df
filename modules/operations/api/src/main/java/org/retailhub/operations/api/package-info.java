/**
 * What other modules may know about operations: its error codes.
 *
 * <p>JDK and kernel only. Not here: how the picture is put together.
 */
@NullMarked
package org.retailhub.operations.api;

import org.jspecify.annotations.NullMarked;
