/**
 * What other modules may know about operations: its error codes.
 *
 * <p>JDK and kernel only. Not here: how the picture is put together.
 */
package org.retailhub.operations.api;
